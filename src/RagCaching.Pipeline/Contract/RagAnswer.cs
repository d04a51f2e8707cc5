using System.Collections.ObjectModel;
using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>An answer of a <see cref="RagPipeline"/>, and how it came about.</summary>
/// <remarks>Immutable itself.</remarks>
public sealed class RagAnswer
{
    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets where the answer came from.</summary>
    public required SemanticCacheOutcome Outcome { get; init; }

    /// <summary>Gets why the answer did not come from the cache.</summary>
    public SemanticCacheReason Reason { get; init; }

    /// <summary>Gets how close the matched question is.</summary>
    /// <value>A cosine in [-1, 1]; <see langword="null"/> when nothing was compared or nothing was near.</value>
    public float? Similarity { get; init; }

    /// <summary>Gets the question that the answer from the cache was given to.</summary>
    /// <value>Of the same scope; <see langword="null"/> where no answer came from the cache, or one to the very same question was shared.</value>
    public string? MatchedQuestion { get; init; }

    /// <summary>Gets the chunks that the model was given.</summary>
    /// <value>
    /// Of an answer from the cache, the chunks that it was built on when it was generated, with their ids, sources and versions, and without scores and metadata; their texts are empty unless
    /// <see cref="RagPipelineOptions.KeepChunkTexts"/> was on at that time. Empty for an answer that was stored without them.
    /// </value>
    public IReadOnlyList<RetrievedChunk> Chunks { get; init; } = [];

    /// <summary>Gets the documents that the answer was built on, with their versions at that time.</summary>
    public IReadOnlyDictionary<string, string?> SourceVersions { get; init; } = ReadOnlyDictionary<string, string?>.Empty;

    /// <summary>Gets the model that gave the answer.</summary>
    /// <value>As it names itself; otherwise as it was asked for, or the key of its chat client. <see langword="null"/> where no model answered, or none is known.</value>
    public string? ModelUsed { get; init; }

    /// <summary>Gets where the time went.</summary>
    public required RagTimings Timings { get; init; }

    /// <summary>Gets the tokens that the answer cost.</summary>
    /// <value>Those of all models asked for it, as far as they tell; <see langword="null"/> for an answer from the cache.</value>
    public UsageDetails? Usage { get; init; }

    /// <summary>Gets the id of the stored answer, for <see cref="ISemanticCacheManager.ReportAsync"/> and <see cref="ISemanticCacheManager.RemoveAsync"/>.</summary>
    public string? EntryId { get; init; }

    /// <summary>Gets the retrievers that the answer was built without.</summary>
    public IReadOnlyList<RetrieverFailure> RetrieverFailures { get; init; } = [];

    /// <summary>Gets a value indicating whether the answer was had without generating one for this caller.</summary>
    public bool IsHit => Outcome is SemanticCacheOutcome.ExactHit or SemanticCacheOutcome.SemanticHit or SemanticCacheOutcome.Joined or SemanticCacheOutcome.Stale;
}
