namespace RagCaching;

/// <summary>How much a cache remembers of what it decided.</summary>
public sealed class DecisionLogOptions
{
    internal const int DefaultCapacity = 2_000;
    internal const int MaxCapacity = 100_000;

    /// <summary>Gets or sets how many of the newest requests are remembered, in this process only.</summary>
    /// <value>1 to 100,000; default 2,000. Each holds its question and the stored one in memory.</value>
    public int Capacity { get; set; } = DefaultCapacity;
}
