using Microsoft.Extensions.AI;
using RagCaching.Money;

namespace RagCaching;

/// <summary>Tells a cache what was spent for it by code of the host's own.</summary>
/// <remarks>
/// An <see cref="IMatchVerifier"/> or <see cref="IAnswerComparer"/> that calls a model itself says so here; those of the library do. Scope and purpose are known from the call that is under way; outside of one, the method does
/// nothing. Thread-safe.
/// </remarks>
public static class ModelSpending
{
    /// <summary>Counts one call of a model for the cache whose verifier or comparer is running.</summary>
    /// <param name="modelId">The model, as in <see cref="ChatResponse.ModelId"/>; <see langword="null"/> if it is not known.</param>
    /// <param name="usage">The tokens of the call; <see langword="null"/> if they are not known.</param>
    public static void Report(string? modelId, UsageDetails? usage) => Spender.Current?.Spent(modelId, usage?.InputTokenCount, usage?.OutputTokenCount);
}
