namespace RagCaching;

/// <summary>What came of the calls of one tool since its <see cref="CachedAIFunction"/> was created.</summary>
public sealed class CachedToolStatistics
{
    /// <summary>Gets the number of calls.</summary>
    public required long Calls { get; init; }

    /// <summary>Gets the number of calls that were answered with a stored result, or with that of another call at the same time.</summary>
    public required long Hits { get; init; }

    /// <summary>Gets the number of calls for which the tool ran.</summary>
    public required long Runs { get; init; }

    /// <summary>Gets the number of calls whose result was not stored, with each reason.</summary>
    public required IReadOnlyDictionary<ToolResultFault, long> NotStored { get; init; }
}
