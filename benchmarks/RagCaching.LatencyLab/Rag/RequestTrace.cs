namespace RagCaching.LatencyLab.Rag;

/// <summary>What one request spent its time on. Stages follow each other, so it needs no lock.</summary>
internal sealed class RequestTrace(TimeProvider time)
{
    private static readonly AsyncLocal<RequestTrace?> Ambient = new();
    private readonly long _started = time.GetTimestamp();
    private TimeSpan? _lookupEnded;
    private TimeSpan? _firstToken;
    private TimeSpan _embeddingInLookup;

    /// <summary>Gets or sets the trace of the request that the running code belongs to.</summary>
    public static RequestTrace? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    public TimeSpan Embedding { get; private set; }

    public TimeSpan Lookup => _lookupEnded is { } ended ? ended - _embeddingInLookup : TimeSpan.Zero;

    public TimeSpan Retrieval { get; private set; }

    public TimeSpan FirstToken => _firstToken ?? Elapsed;

    /// <summary>Gets when the first token was here, in ticks of the clock; for comparison with when it was sent.</summary>
    public long FirstTokenTimestamp { get; private set; }

    public void Embedded(TimeSpan duration) => Embedding += duration;

    public void Retrieved(TimeSpan duration) => Retrieval += duration;

    /// <summary>Ends the lookup, unless it has ended: everything up to here that was not an embedding was the cache.</summary>
    public void LookedUp()
    {
        if (_lookupEnded is null)
        {
            _lookupEnded = Elapsed;
            _embeddingInLookup = Embedding;
        }
    }

    public void TokenArrived()
    {
        if (_firstToken is null)
        {
            FirstTokenTimestamp = time.GetTimestamp();
            _firstToken = time.GetElapsedTime(_started, FirstTokenTimestamp);
        }
    }
}
