using BenchmarkDotNet.Attributes;

namespace RagCaching.Benchmarks.Semantic;

/// <summary>What one comparison of two questions costs.</summary>
[MemoryDiagnoser]
public class LexicalGuardBenchmarks
{
    private readonly LexicalGuard _guard = new();

    /// <summary>Two re-worded questions of about 200 characters: every rule is asked.</summary>
    [Benchmark]
    public bool AllowedLong() => _guard.Allows(
        "Could you please tell me how I can change the delivery address of an order that I placed two days ago in your shop in Lisbon, when the parcel has been packed but has not been handed to the carrier yet?",
        "How can I change the delivery address of an order which I placed two days ago in your shop in Lisbon, if the parcel has been packed already but has not yet been handed to the carrier, please tell me?");

    /// <summary>Two questions of usual length: every rule is asked.</summary>
    [Benchmark]
    public bool AllowedShort() => _guard.Allows("How do I reset my password?", "Could you tell me how I can reset my password?");

    /// <summary>Refused by the last rule, the order of words.</summary>
    [Benchmark]
    public bool RefusedByOrder() => _guard.Allows("Are there direct flights from Oslo to Rome?", "Are there direct flights from Rome to Oslo?");

    /// <summary>Two long questions that share nothing.</summary>
    [Benchmark]
    public bool UnrelatedLong() => _guard.Allows(
        "Could you please tell me how I can change the delivery address of an order that I placed two days ago in your shop in Lisbon, when the parcel has been packed but has not been handed to the carrier yet?",
        "which of these indoor plants need little light and water, grow slowly, stay below knee height, do no harm to cats or dogs that nibble at leaves, and still look good after a winter beside a warm radiator?");
}
