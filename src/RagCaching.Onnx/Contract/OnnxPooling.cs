namespace RagCaching;

/// <summary>How one vector is made of the vectors of a text's tokens.</summary>
public enum OnnxPooling
{
    /// <summary>
    /// As the files of the model say: its own output <c>sentence_embedding</c> if it has one, otherwise what <c>1_Pooling/config.json</c> names, otherwise <see cref="Mean"/>.
    /// </summary>
    Auto,

    /// <summary>The mean over all tokens of the text, the first and the last included: all-MiniLM, e5, gte.</summary>
    Mean,

    /// <summary>The vector of the first token: bge, arctic-embed.</summary>
    FirstToken,

    /// <summary>The model pools by itself, in its output <c>sentence_embedding</c>.</summary>
    ModelOutput,
}
