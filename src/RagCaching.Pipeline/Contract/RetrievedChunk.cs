using System.Collections.ObjectModel;

namespace RagCaching;

/// <summary>A piece of a document that a retriever found.</summary>
/// <remarks>Immutable.</remarks>
public sealed class RetrievedChunk
{
    /// <summary>Gets what identifies the chunk among all chunks of all retrievers.</summary>
    /// <value>Not empty. Chunks of different retrievers with the same id, or with the same text, are the same chunk.</value>
    public required string Id { get; init; }

    /// <summary>Gets the text that the model reads.</summary>
    public required string Text { get; init; }

    /// <summary>Gets which document the chunk comes from: what <see cref="RagPipeline.InvalidateSourceAsync"/> is called with when it changes.</summary>
    /// <value>Not empty.</value>
    public required string SourceId { get; init; }

    /// <summary>Gets the version of the document.</summary>
    /// <value>Any text that changes with the document; <see langword="null"/> (the default) where there is none.</value>
    public string? SourceVersion { get; init; }

    /// <summary>Gets how well the chunk fits the question, in the retriever's own measure.</summary>
    /// <value>
    /// Higher is better, 0 is worthless; <see langword="null"/> (the default) where the retriever has only an order. Compared with other scores of the
    /// same retriever only.
    /// </value>
    public double? Score { get; init; }

    /// <summary>Gets what else is known about the chunk: a title, a page, an address.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
