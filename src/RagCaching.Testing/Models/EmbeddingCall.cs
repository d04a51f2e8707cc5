using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>A call that a <see cref="DeterministicEmbeddingGenerator"/> received.</summary>
/// <param name="Texts">The texts, in their order.</param>
/// <param name="Options">A copy of the options; <see langword="null"/> if there were none.</param>
/// <param name="ReceivedAt">When the call came, by the clock of the generator.</param>
public sealed record EmbeddingCall(IReadOnlyList<string> Texts, EmbeddingGenerationOptions? Options, DateTimeOffset ReceivedAt);
