using System.Diagnostics;
using RagCaching.Diagnostics;

namespace RagCaching.Semantic;

/// <summary>What a cache is made of besides its embedder and its store. Everything that may need other services is asked for on first use.</summary>
internal sealed class SemanticCacheParts
{
    public required Func<SemanticCacheOptions> Options { get; init; }

    public string Name { get; init; } = SemanticCache.DefaultName;

    public required Func<IEnumerable<IMatchGuard>> Guards { get; init; }

    public Func<IEnumerable<IMatchVerifier>> Verifiers { get; init; } = static () => [];

    /// <summary>Gets the moderators of the host.</summary>
    public Func<IEnumerable<IAnswerModerator>> Moderators { get; init; } = static () => [];

    /// <summary>Gets what of the host decides how long answers are kept.</summary>
    public Func<IEnumerable<IAnswerLifetime>> Lifetimes { get; init; } = static () => [];

    /// <summary>Gets the host's comparer; <see langword="null"/> for the default one.</summary>
    public Func<IAnswerComparer?> Comparer { get; init; } = static () => null;

    /// <summary>Gets the host's prices of models; <see langword="null"/> for none.</summary>
    public Func<IModelPrices?> Prices { get; init; } = static () => null;

    public ShadowLog ShadowLog { get; init; } = new();

    /// <summary>Gets the source of the spans of lookups.</summary>
    public ActivitySource Activities { get; init; } = CacheTelemetry.Activities;

    /// <summary>Gets the delegate that draws audits, as numbers in [0, 1); <see langword="null"/> for unpredictable numbers.</summary>
    public Func<double>? Draw { get; init; }
}
