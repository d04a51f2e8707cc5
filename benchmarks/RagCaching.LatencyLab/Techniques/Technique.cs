namespace RagCaching.LatencyLab.Techniques;

/// <summary>One configuration of the application.</summary>
internal sealed record Technique(string Name, bool CachesEmbeddings, bool CachesAnswers, bool Streams)
{
    public static readonly Technique NoCache = new("no cache", CachesEmbeddings: false, CachesAnswers: false, Streams: false);

    public static readonly Technique Everything = new("everything", CachesEmbeddings: true, CachesAnswers: true, Streams: true);

    public static readonly IReadOnlyList<Technique> All =
    [
        NoCache,
        new("embedding cache", CachesEmbeddings: true, CachesAnswers: false, Streams: false),
        new("semantic cache", CachesEmbeddings: false, CachesAnswers: true, Streams: false),
        new("streaming", CachesEmbeddings: false, CachesAnswers: false, Streams: true),
        Everything,
    ];
}
