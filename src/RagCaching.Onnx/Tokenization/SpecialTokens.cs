namespace RagCaching.Onnx.Tokenization;

/// <summary>The names of the tokens that are not pieces of words.</summary>
/// <param name="First">What every text begins with.</param>
/// <param name="Last">What every text ends with.</param>
/// <param name="Unknown">What stands for words that no pieces make up.</param>
/// <param name="Padding">What fills the places behind the end of a text.</param>
/// <param name="Mask">What stands for a hidden word in training.</param>
internal sealed record SpecialTokens(string First, string Last, string Unknown, string Padding, string Mask)
{
    /// <summary>Gets the names that BERT uses.</summary>
    public static SpecialTokens Bert { get; } = new("[CLS]", "[SEP]", "[UNK]", "[PAD]", "[MASK]");

    /// <summary>Gets all names.</summary>
    public IEnumerable<string> All => [First, Last, Unknown, Padding, Mask];
}
