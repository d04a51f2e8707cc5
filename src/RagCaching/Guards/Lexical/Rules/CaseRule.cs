using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses another case of the same words where case carries meaning: in single letters and in the symbols of units.</summary>
/// <remarks>Flags, addresses and identifiers are other words when their case differs, and need no rule.</remarks>
internal static class CaseRule
{
    public static bool Refuses(Comparison pair)
    {
        var (a, b) = (pair.A, pair.B);
        if (a.Words.Count != b.Words.Count)
        {
            return false;
        }

        var differs = false;
        for (var i = 0; i < a.Words.Count; i++)
        {
            ref readonly var first = ref a.Tokens[a.Words[i]];
            ref readonly var second = ref b.Tokens[b.Words[i]];
            if (first.Surface != second.Surface)
            {
                return false;
            }

            differs |= first.Upper != second.Upper && Matters(pair, first, second);
        }

        return differs;
    }

    private static bool Matters(Comparison pair, in Token first, in Token second)
    {
        var text = pair.Vocabulary.TextOf(first.Surface);
        if (first.Kind != TokenKind.Word || first.BeginsSentence || second.BeginsSentence)
        {
            return false;
        }

        // Who writes everything small, or everything in capitals, says nothing with the case of a letter.
        return text.Length == 1
            ? !(first.IsStop && text[0] is 'i' or 'a') && pair.A.Style.IsMixedCase && pair.B.Style.IsMixedCase
            : UnitSymbols.DifferByCase(text, first.Upper, second.Upper);
    }
}
