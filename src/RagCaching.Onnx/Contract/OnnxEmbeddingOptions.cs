namespace RagCaching;

/// <summary>Settings of an <see cref="OnnxEmbeddingGenerator"/>. They are read once, when it is opened.</summary>
/// <remarks>What is not set is read from the files that came with the model, as far as they say it. Settings that change vectors belong to the identity of the model: see <see cref="ModelId"/>.</remarks>
public sealed class OnnxEmbeddingOptions
{
    /// <summary>The most tokens of a text where neither the options nor the files of a model say it.</summary>
    public const int DefaultMaxTokens = 256;

    /// <summary>Gets or sets the name of the model in metadata and in the keys of cached vectors.</summary>
    /// <value>
    /// Not empty. <see langword="null"/>, the default, for the name of the folder (or <c>onnx</c> for streams), <c>@</c>, and a digest of model, vocabulary and all settings that change vectors.
    /// Who sets a name vouches that equal names mean equal vectors.
    /// </value>
    public string? ModelId { get; set; }

    /// <summary>Gets or sets the path of the model below its folder.</summary>
    /// <value><see langword="null"/>, the default, for <c>model.onnx</c> or, where that is missing, <c>onnx/model.onnx</c>. Ignored for streams.</value>
    public string? ModelFile { get; set; }

    /// <summary>Gets or sets the number of components that vectors must have, for stores that have one number for all.</summary>
    /// <value>Positive. <see langword="null"/>, the default, for whatever the model returns. A model that returns another number is refused when it is opened.</value>
    public int? Dimensions { get; set; }

    /// <summary>Gets or sets how one vector is made of the vectors of a text's tokens.</summary>
    /// <value>The default is <see cref="OnnxPooling.Auto"/>.</value>
    public OnnxPooling Pooling { get; set; }

    /// <summary>Gets or sets a value indicating whether vectors are scaled to a norm of 1.</summary>
    /// <value><see langword="null"/>, the default, for what <c>modules.json</c> says, and <see langword="true"/> where there is none. Cosine similarities do not depend on it.</value>
    public bool? Normalize { get; set; }

    /// <summary>Gets or sets the most tokens of a text, the first and the last included. What is longer is cut off at its end, and counted.</summary>
    /// <value>
    /// From 3 to 8,192. <see langword="null"/>, the default, for what <c>sentence_bert_config.json</c>, <c>tokenizer_config.json</c> or <c>config.json</c> say, in this order, and
    /// <see cref="DefaultMaxTokens"/> where there are none.
    /// </value>
    public int? MaxTokens { get; set; }

    /// <summary>Gets or sets a value indicating whether letters are lowered and accents dropped before a text is split.</summary>
    /// <value><see langword="null"/>, the default, for what <c>tokenizer_config.json</c> says, and <see langword="true"/> where there is none.</value>
    public bool? LowerCase { get; set; }

    /// <summary>Gets or sets what is put before questions, for example <c>"query: "</c> for e5.</summary>
    /// <value><see langword="null"/>, the default, for the prompt <c>query</c> of <c>config_sentence_transformers.json</c>, and nothing where there is none.</value>
    public string? QueryPrefix { get; set; }

    /// <summary>Gets or sets what is put before documents, for example <c>"passage: "</c> for e5: see <see cref="OnnxEmbeddingInput"/>.</summary>
    /// <value><see langword="null"/>, the default, for the prompt <c>document</c> or <c>passage</c> of <c>config_sentence_transformers.json</c>, and nothing where there is none.</value>
    public string? DocumentPrefix { get; set; }

    /// <summary>Gets the bounds on threads and batches.</summary>
    public OnnxRunLimits Limits { get; } = new();
}
