using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses other signs around the same words, and signs of which each side has one that the other lacks.</summary>
internal sealed class SignRule
{
    private const double LeastOverlap = 0.25;
    private const int FewWords = 4;

    private readonly Tally _counts = new();

    public bool Refuses(Comparison pair)
    {
        if (pair.A.Signs == 0 && pair.B.Signs == 0)
        {
            return false;
        }

        var (here, there) = Count(pair, softToo: true);
        if (HaveSameFrame(pair, withSigns: false))
        {
            return here > 0 || there > 0 || !HaveSameFrame(pair, withSigns: true);
        }

        (here, there) = Count(pair, softToo: false);
        if (pair.A.Unmatched.Count == 0 && pair.B.Unmatched.Count == 0)
        {
            return here > 0 || there > 0;
        }

        return here > 0 && there > 0 && pair.Overlaps(LeastOverlap, FewWords);
    }

    /// <summary>Signs that writers use for words, and leave out, when they say the same in other words.</summary>
    private static bool IsSoft(char sign) => sign is '/' or '-' or '&' or '~' or '_' or '*' or '#' or '.' or ',' or ':' or ';' or '?' or '!' or '|' or '(' or ')' or '[' or ']' or '{' or '}';

    /// <summary>Counts the signs that each side has more often than the other.</summary>
    private (int Here, int There) Count(Comparison pair, bool softToo)
    {
        foreach (ref readonly var token in pair.A.Tokens)
        {
            if (IsCounted(pair.A, token, softToo))
            {
                _counts.Add(token.Surface, 0);
            }
        }

        var there = 0;
        foreach (ref readonly var token in pair.B.Tokens)
        {
            if (IsCounted(pair.B, token, softToo))
            {
                there += _counts.Add(token.Surface, 1) > _counts[token.Surface, 0] ? 1 : 0;
            }
        }

        var here = 0;
        foreach (ref readonly var token in pair.A.Tokens)
        {
            if (IsCounted(pair.A, token, softToo))
            {
                here += _counts.Add(token.Surface, 1, -1) < 0 ? 1 : 0;
            }
        }

        _counts.Clear();
        return (here, there);
    }

    private static bool IsCounted(Question question, in Token token, bool softToo) =>
        (token.Kind == TokenKind.Sign && (softToo || !IsSoft(token.Sign))) || (token.Kind == TokenKind.UnitSign && softToo);

    /// <summary>Whether the same words stand in the same order, and, if asked for, the same signs between them. A unit may stand before or after its number.</summary>
    private static bool HaveSameFrame(Comparison pair, bool withSigns)
    {
        var first = pair.A.Tokens;
        var second = pair.B.Tokens;
        var (i, j) = (0, 0);
        while (true)
        {
            i = Skip(first, i, withSigns);
            j = Skip(second, j, withSigns);
            if (i == first.Length || j == second.Length)
            {
                return i == first.Length && j == second.Length;
            }

            if (first[i++].Surface != second[j++].Surface)
            {
                return false;
            }
        }
    }

    private static int Skip(ReadOnlySpan<Token> tokens, int index, bool withSigns)
    {
        while (index < tokens.Length && !tokens[index].IsWordLike && !(withSigns && tokens[index].Kind == TokenKind.Sign))
        {
            index++;
        }

        return index;
    }
}
