namespace RagCaching.Journals;

/// <summary>Lets one loop at a time speak with the journal about changes, so that what was appended is known before what came after it is read.</summary>
internal sealed class JournalTurn : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Queue<(long Version, EntryKey Key)> _appended = new();

    /// <summary>Waits for the turn.</summary>
    public async ValueTask<Holder> TakeAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Holder(_turn);
    }

    /// <summary>Notes a change that this instance has appended. The turn is held.</summary>
    public void Appended(long version, EntryKey key) => _appended.Enqueue((version, key));

    /// <summary>Settles the changes that the reader has passed. The turn is held.</summary>
    public void Passed(long version, PendingChanges pending)
    {
        while (_appended.TryPeek(out var first) && first.Version <= version)
        {
            pending.Settle(_appended.Dequeue().Key);
        }
    }

    /// <summary>Settles everything: the journal has begun anew, and so does the reader.</summary>
    public void PassedAll(PendingChanges pending) => Passed(long.MaxValue, pending);

    public void Dispose() => _turn.Dispose();

    internal readonly struct Holder(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
