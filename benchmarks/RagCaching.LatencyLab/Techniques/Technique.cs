namespace RagCaching.LatencyLab.Techniques;

/// <summary>One configuration of the application.</summary>
internal sealed record Technique(string Name)
{
    public static readonly Technique NoCache = new("no cache");

    public static readonly Technique Everything = new("everything")
    {
        CachesEmbeddings = true,
        CachesAnswers = true,
        SearchesInParallel = true,
        TakesFewChunks = true,
        AsksSmallModel = true,
        Streams = true,
    };

    public static readonly IReadOnlyList<Technique> All =
    [
        NoCache,
        new("embedding cache") { CachesEmbeddings = true },
        new("semantic cache") { CachesAnswers = true },
        new("parallel retrieval") { SearchesInParallel = true },
        new("fewer chunks") { TakesFewChunks = true },
        new("smaller model") { AsksSmallModel = true },
        new("streaming") { Streams = true },
        Everything,
    ];

    public bool CachesEmbeddings { get; init; }

    public bool CachesAnswers { get; init; }

    public bool SearchesInParallel { get; init; }

    public bool TakesFewChunks { get; init; }

    public bool AsksSmallModel { get; init; }

    public bool Streams { get; init; }
}
