using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules.Names;

/// <summary>Recognises a blank in the wrong place: "i nReston" for "in Reston".</summary>
internal static class Blanks
{
    /// <summary>Whether both questions have the same letters in the same order.</summary>
    public static bool AreMoved(Comparison pair)
    {
        var (i, j) = (0, 0);
        var first = ReadOnlySpan<char>.Empty;
        var second = ReadOnlySpan<char>.Empty;
        while (true)
        {
            while (first.IsEmpty && i < pair.A.Words.Count)
            {
                first = pair.Vocabulary.TextOf(pair.A.WordAt(i++).Surface);
            }

            while (second.IsEmpty && j < pair.B.Words.Count)
            {
                second = pair.Vocabulary.TextOf(pair.B.WordAt(j++).Surface);
            }

            if (first.IsEmpty || second.IsEmpty)
            {
                return first.IsEmpty && second.IsEmpty;
            }

            var length = Math.Min(first.Length, second.Length);
            if (!first[..length].SequenceEqual(second[..length]))
            {
                return false;
            }

            first = first[length..];
            second = second[length..];
        }
    }
}
