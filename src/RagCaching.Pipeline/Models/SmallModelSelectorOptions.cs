using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>When <see cref="SmallModelSelector"/> asks the small model first.</summary>
public sealed class SmallModelSelectorOptions
{
    internal const int DefaultMaxQuestionLength = 200;
    internal const int DefaultMaxChunks = ChunkSelectionOptions.DefaultMaxChunks;

    /// <summary>Gets or sets how long a question for the small model may be.</summary>
    /// <value>1 to 1,048,576 UTF-16 code units; default 200.</value>
    [Range(1, 1 << 20)]
    public int MaxQuestionLength { get; set; } = DefaultMaxQuestionLength;

    /// <summary>Gets or sets from how many chunks the small model may have to answer.</summary>
    /// <value>1 to 1,000; default 6, as many as <see cref="ChunkSelectionOptions.MaxChunks"/>. With fewer than that the small model is asked only where fewer were found, which is said once at start.</value>
    [Range(1, 1_000)]
    public int MaxChunks { get; set; } = DefaultMaxChunks;

    /// <summary>Gets or sets the score that the best chunk must have.</summary>
    /// <value>In the measure of <see cref="RetrievedChunk.Score"/>; default <see langword="null"/>: any.</value>
    public double? MinimumScore { get; set; }

    internal SmallModelSelectorOptions Copy() => (SmallModelSelectorOptions)MemberwiseClone();
}
