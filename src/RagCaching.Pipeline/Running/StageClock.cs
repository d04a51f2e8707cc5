namespace RagCaching.Pipeline.Running;

/// <summary>Takes the times of one answer. A stage is marked by the code that runs it; stages of one answer follow each other, or are read after they ended.</summary>
internal sealed class StageClock(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private TimeSpan? _lookup;
    private TimeSpan _lookupEmbedding;
    private TimeSpan _retrievalEmbedding;
    private TimeSpan _retrieval;
    private TimeSpan? _firstToken;
    private TimeSpan _generationStart;
    private bool _generates;

    private TimeSpan Now => time.GetElapsedTime(_started);

    /// <summary>Marks the cache's decision; only the first time counts.</summary>
    public void LookedUp() => _lookup ??= Now;

    /// <summary>Says how much of the lookup was spent on embedding.</summary>
    public void LookupEmbedded(TimeSpan duration) => _lookupEmbedding = duration;

    public void RetrievalEmbedded(TimeSpan duration) => _retrievalEmbedding = duration;

    /// <summary>Says how long retrieving and choosing took, with embedding.</summary>
    public void Retrieved(TimeSpan duration) => _retrieval = Max(duration - _retrievalEmbedding, TimeSpan.Zero);

    /// <summary>Marks that a model is asked; with several, the first one.</summary>
    public void Prompted()
    {
        if (!_generates)
        {
            _generates = true;
            _generationStart = Now;
        }
    }

    /// <summary>Marks the first piece of text; only the first time counts.</summary>
    public void TokenArrived() => _firstToken ??= Now;

    public RagTimings Stop()
    {
        var total = Now;
        return new RagTimings
        {
            // Where both happened, they were one wait for one embedding.
            Embedding = Max(_lookupEmbedding, _retrievalEmbedding),
            CacheLookup = Max((_lookup ?? TimeSpan.Zero) - _lookupEmbedding, TimeSpan.Zero),
            Retrieval = _retrieval,
            TimeToFirstToken = _firstToken ?? total,
            Generation = _generates ? total - _generationStart : TimeSpan.Zero,
            Total = total,
        };
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
