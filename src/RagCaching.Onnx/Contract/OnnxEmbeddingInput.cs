using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>Says in a request what its texts are, for models that read questions and documents differently.</summary>
/// <remarks>
/// The word is an additional property of <see cref="EmbeddingGenerationOptions"/>, so that the embedding cache keeps a text's vectors as question and as document apart. Texts are questions unless
/// a request says otherwise: a semantic cache compares questions with questions.
/// </remarks>
public static class OnnxEmbeddingInput
{
    /// <summary>The name of the additional property.</summary>
    public const string PropertyName = "input_type";

    /// <summary>The texts are questions: <see cref="OnnxEmbeddingOptions.QueryPrefix"/> is put before each. This is the default.</summary>
    public const string Query = "query";

    /// <summary>The texts are documents: <see cref="OnnxEmbeddingOptions.DocumentPrefix"/> is put before each.</summary>
    public const string Document = "document";

    /// <summary>Says that the texts of a request are documents.</summary>
    /// <param name="options">The options of the request, which are changed.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    public static EmbeddingGenerationOptions ForDocuments(this EmbeddingGenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        (options.AdditionalProperties ??= [])[PropertyName] = Document;
        return options;
    }
}
