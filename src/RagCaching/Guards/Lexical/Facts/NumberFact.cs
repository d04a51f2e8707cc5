namespace RagCaching.Guards.Lexical.Facts;

/// <summary>A number of a question.</summary>
/// <param name="Value">The number in the vocabulary of its normal form, such as "1000", "#1" for "first", or "month5".</param>
/// <param name="Unit">Its unit, or 0.</param>
/// <param name="First">The position of its first token.</param>
/// <param name="Last">The position of its last token.</param>
/// <param name="Next">The position of the word after it, or -1.</param>
internal readonly record struct NumberFact(int Value, int Unit, int First, int Last, int Next);
