namespace RagCaching.Journals;

/// <summary>How long to wait before the next attempt: short at first, never long, since everything waits for it.</summary>
internal struct Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private TimeSpan _last;

    public TimeSpan Next() => _last = _last == TimeSpan.Zero ? First : TimeSpan.FromTicks(Math.Min(_last.Ticks * 2, Longest.Ticks));

    /// <summary>Begins again after a success.</summary>
    public void Reset() => _last = TimeSpan.Zero;
}
