using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Text.Scanning;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses two words that differ in their marks only: "año" and "ano", "má" and "ma".</summary>
internal sealed class SpellingRule
{
    private readonly Tally _bare = new();

    public bool Refuses(Comparison pair)
    {
        if (!pair.A.Style.HasMarks && !pair.B.Style.HasMarks)
        {
            return false;
        }

        // Who types no marks at all says nothing by leaving one out, except in a word so short that it may be another.
        var least = pair.A.Style.HasMarks && pair.B.Style.HasMarks ? int.MaxValue : MarkedSpelling.LeastLength;
        _ = pair.Opposites;
        var isFound = false;
        foreach (var position in pair.A.OnlyHere)
        {
            if (BareId(pair, pair.A.Tokens[position]) is var id and >= 0 && pair.Vocabulary[id].Length < least)
            {
                _bare.Add(id, 0);
            }
        }

        foreach (var position in pair.B.OnlyHere)
        {
            isFound |= BareId(pair, pair.B.Tokens[position]) is var id && id >= 0 && _bare[id, 0] > 0;
        }

        _bare.Clear();
        return isFound;
    }

    /// <summary>Gets the number of a word without its marks; -1 for a small word, whose marks are often left out.</summary>
    private static int BareId(Comparison pair, in Token token)
    {
        var text = pair.Vocabulary.TextOf(token.Surface);
        if (token.IsStop || text.Length > MarkedSpelling.MaxLength || Scripts.Of(text[0]) > Script.Greek)
        {
            return -1;
        }

        Span<char> bare = stackalloc char[MarkedSpelling.MaxLength];
        return MarkedSpelling.TryRemove(text, bare, out var length) ? pair.Vocabulary.Intern(bare[..length]) : token.Surface;
    }
}
