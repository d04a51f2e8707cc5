namespace RagCaching.LatencyLab.Rag;

/// <summary>What one request spent on calls of the embedding model.</summary>
internal sealed class RequestTrace
{
    private static readonly AsyncLocal<RequestTrace?> Ambient = new();
    private long _embedding;

    /// <summary>Gets or sets the trace of the request that the running code belongs to.</summary>
    public static RequestTrace? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public TimeSpan Embedding => TimeSpan.FromTicks(Interlocked.Read(ref _embedding));

    public void Embedded(TimeSpan duration) => Interlocked.Add(ref _embedding, duration.Ticks);
}
