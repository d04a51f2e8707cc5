namespace RagCaching.Benchmarks.VectorStores;

/// <summary>One line of the table of aims.</summary>
/// <param name="Profile">The data.</param>
/// <param name="Dimensions">The number of dimensions.</param>
/// <param name="Entries">The number of entries.</param>
/// <param name="Floors">The similarity floors.</param>
/// <param name="Limit">How many matches are asked for.</param>
internal sealed record SearchWorkload(DataProfile Profile, int Dimensions, int Entries, float[] Floors, int Limit = 1)
{
    public static readonly SearchWorkload[] All =
    [
        new(DataProfile.Te3, 768, 1_000, [0.8f, 0.9f, 0.95f]),
        new(DataProfile.Te3, 768, 10_000, [0.8f, 0.9f, 0.95f]),
        new(DataProfile.Te3, 768, 100_000, [0.8f, 0.9f, 0.95f]),
        new(DataProfile.Te3, 768, 100_000, [0.7f], Limit: 10),
        new(DataProfile.Ada, 1_536, 100_000, [0.95f]),
        new(DataProfile.Mid, 1_024, 300_000, [0.9f]),
        new(DataProfile.Dup, 768, 100_000, [0.9f, 0.95f]),
        new(DataProfile.Flat, 768, 100_000, [0.8f, 0.9f]),
        new(DataProfile.Iso, 768, 50_000, [0.1f, 0.8f, 0.95f]),
        new(DataProfile.Te3, 768, 1_000_000, [0.8f, 0.9f, 0.95f]),
    ];

    public string Name => $"{Profile.Name}-{Entries / 1000}k-{Dimensions}{(Limit > 1 ? $"-top{Limit}" : string.Empty)}";
}
