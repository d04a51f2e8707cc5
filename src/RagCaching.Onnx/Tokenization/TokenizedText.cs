namespace RagCaching.Onnx.Tokenization;

/// <summary>What became of a text.</summary>
/// <param name="Length">The number of its ids, with those that every text begins and ends with.</param>
/// <param name="IsTruncated">Whether the text has more ids than were wanted.</param>
/// <param name="IsEmpty">Whether nothing in the text is a character of a word.</param>
internal readonly record struct TokenizedText(int Length, bool IsTruncated, bool IsEmpty);
