namespace RagCaching.Contract;

/// <summary>What a cache is told by its owner, as it goes by it: what it read once is what it was then, whatever the configuration has become since.</summary>
internal interface IOwnersRules
{
    /// <summary>Gets a value indicating whether callers share their answers.</summary>
    bool ShareAcrossCallers { get; }

    /// <summary>Gets the limit of the error budget; <see langword="null"/> where a threshold decides.</summary>
    double? MaxErrorRate { get; }

    /// <summary>Gets the configured similarity; <see langword="null"/> where none is.</summary>
    float? MinimumSimilarity { get; }

    /// <summary>Gets a value indicating whether models have prices in the configuration.</summary>
    bool HasPrices { get; }
}
