using System.Buffers;
using System.Text;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>Tells texts that JSON can hold from those with half of a surrogate pair, which it would change.</summary>
internal static class WellFormedText
{
    public static bool Is(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var consumed) != OperationStatus.Done)
            {
                return false;
            }

            text = text[consumed..];
        }

        return true;
    }
}
