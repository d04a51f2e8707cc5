using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>Which of the retrieved chunks a model is given: fewer chunks make a faster, cheaper and often better answer.</summary>
public sealed class ChunkSelectionOptions
{
    internal const int DefaultMaxChunks = 6;
    internal const int DefaultMaxTokens = 2_000;
    internal const double DefaultMinimumRelativeScore = 0.5;

    /// <summary>Gets or sets how many chunks a model is given at most.</summary>
    /// <value>1 to 1,000; default 6.</value>
    [Range(1, 1_000)]
    public int MaxChunks { get; set; } = DefaultMaxChunks;

    /// <summary>Gets or sets how many tokens the chunks may have together.</summary>
    /// <value>1 to 10,000,000; default 2,000. Chunks that do not fit are skipped; the best one is taken however long it is.</value>
    [Range(1, 10_000_000)]
    public int MaxTokens { get; set; } = DefaultMaxTokens;

    /// <summary>Gets or sets what counts the tokens of a text.</summary>
    /// <value>
    /// Default <see langword="null"/>: an estimate by script, a quarter of a token for each Latin letter, half of one for other alphabets, and a whole one for each character of Chinese,
    /// Japanese, Korean, Thai and Indic scripts. Thread-safe; called once for each chunk considered.
    /// </value>
    public Func<string, int>? TokenCounter { get; set; }

    /// <summary>Gets or sets which share of its retriever's best score a chunk must reach.</summary>
    /// <value>
    /// A share in [0, 1] of <see cref="RetrievedChunk.Score"/> divided by the largest score that the same retriever returned; default 0.5. Chunks without a score always pass.
    /// </value>
    [Range(0.0, 1.0)]
    public double MinimumRelativeScore { get; set; } = DefaultMinimumRelativeScore;

    /// <summary>Gets or sets how much chunks that repeat others are put back.</summary>
    /// <value>
    /// In [0, 1]; default 0: chunks stay in the order of their rank. With d &gt; 0 the next chunk is the one with the largest (1 − d) · (similarity to the question) −
    /// d · (largest similarity to a chunk already chosen), cosines of cached embeddings. Chunks that were ingested through the same embedding cache cost no call.
    /// </value>
    [Range(0.0, 1.0)]
    public double Diversity { get; set; }

    internal ChunkSelectionOptions Copy() => (ChunkSelectionOptions)MemberwiseClone();
}
