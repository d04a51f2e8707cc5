using RagCaching.Internal.Digests;

namespace RagCaching.Chat.Requests;

/// <summary>Notices a part of requests that is another one in each of the first requests: it keeps a cache from ever answering.</summary>
/// <remarks>Thread-safe. Judges once.</remarks>
internal sealed class NeverRepeats
{
    /// <summary>So many requests in a row, each with a value never seen before, are no coincidence.</summary>
    public const int RequestsToJudge = 32;

    private readonly Lock _lock = new();
    private readonly HashSet<Digest> _values = [];
    private bool _isJudged;

    /// <summary>Gets a value indicating whether it is still open whether values repeat.</summary>
    public bool IsOpen => !Volatile.Read(ref _isJudged);

    /// <summary>Takes note of the value of a request.</summary>
    /// <returns>Whether it is clear now, for the first time, that values do not repeat.</returns>
    public bool Add(Digest value)
    {
        lock (_lock)
        {
            if (_isJudged)
            {
                return false;
            }

            var isNew = _values.Add(value);
            if (isNew && _values.Count < RequestsToJudge)
            {
                return false;
            }

            _isJudged = true;
            _values.Clear();
            return isNew;
        }
    }
}
