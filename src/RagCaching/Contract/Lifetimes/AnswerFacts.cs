using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>What an <see cref="IAnswerLifetime"/> is told about a new answer.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class AnswerFacts
{
    /// <summary>Gets the question that the answer was given to.</summary>
    public required string Question { get; init; }

    /// <summary>Gets the text of the answer, without reasoning and calls of tools.</summary>
    public required string Text { get; init; }

    /// <summary>Gets how long the answer stays valid unless something else is decided.</summary>
    /// <value>Positive.</value>
    public required TimeSpan TimeToLive { get; init; }

    /// <summary>Gets why the model ended.</summary>
    /// <value>As the provider named it; <see langword="null"/> where it named nothing. An answer that was cut off is not stored in any case.</value>
    public ChatFinishReason? FinishReason { get; init; }

    /// <summary>Gets the model.</summary>
    /// <value><see langword="null"/> where it is not known.</value>
    public string? ModelId { get; init; }

    /// <summary>Gets the tags of the answer.</summary>
    public IReadOnlyCollection<string> Tags { get; init; } = [];

    /// <summary>Gets the names of the tools that were called on the way.</summary>
    public IReadOnlyCollection<string> Tools { get; init; } = [];
}
