namespace RagCaching.Benchmarks.VectorStores;

/// <summary>The statistics of made-up embeddings.</summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="MeanCosine">The cosine of unrelated vectors.</param>
/// <param name="TopicShare">How much of the rest belongs to a vector's topic.</param>
/// <param name="Topics">How many topics there are; their sizes follow a power law.</param>
/// <param name="Decay">The exponent of the spectrum: 1 for real models, 0 for no structure.</param>
internal sealed record DataProfile(string Name, double MeanCosine, double TopicShare = 0.35, int Topics = 2_000, double Decay = 1)
{
    /// <summary>As text-embedding-3.</summary>
    public static readonly DataProfile Te3 = new("te3", 0.2);

    /// <summary>Between the two others.</summary>
    public static readonly DataProfile Mid = new("mid", 0.5);

    /// <summary>As ada-002, whose unrelated texts are close to each other.</summary>
    public static readonly DataProfile Ada = new("ada", 0.78);

    /// <summary>A cache full of near-duplicates.</summary>
    public static readonly DataProfile Dup = new("dup", 0.2, TopicShare: 0.8, Topics: 200);

    /// <summary>A slowly falling spectrum.</summary>
    public static readonly DataProfile Flat = new("flat", 0.2, Decay: 0.5);

    /// <summary>Uniform on the sphere: nothing to exploit.</summary>
    public static readonly DataProfile Iso = new("iso", 0, TopicShare: 0, Topics: 1, Decay: 0);
}
