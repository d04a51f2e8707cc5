namespace RagCaching.Onnx.Tokenization;

/// <summary>How a model's tokeniser treats characters.</summary>
/// <param name="LowerCase">Whether letters are lowered.</param>
/// <param name="StripAccents">Whether characters are decomposed and their non-spacing marks dropped.</param>
/// <param name="SplitIdeographs">Whether every Chinese character is a word.</param>
internal sealed record TextRules(bool LowerCase, bool StripAccents, bool SplitIdeographs)
{
    /// <summary>Gets the rules of uncased BERT models.</summary>
    public static TextRules Uncased { get; } = new(LowerCase: true, StripAccents: true, SplitIdeographs: true);
}
