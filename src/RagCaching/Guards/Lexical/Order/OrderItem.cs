using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Order;

/// <summary>A word in the order of words.</summary>
/// <param name="Id">The number in the vocabulary of its stem.</param>
/// <param name="Flags">What is known about the word as it stands.</param>
internal readonly record struct OrderItem(int Id, WordFlags Flags)
{
    public bool Has(WordFlags flags) => (Flags & flags) != 0;
}
