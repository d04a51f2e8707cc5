using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Counts the opposites between the words that only one side has.</summary>
internal sealed class OppositeFinder
{
    private const int ShortWord = 2;

    private readonly Tally _seen = new();

    /// <summary>Counts pairs from the table and pairs made by a prefix or an ending.</summary>
    public (int Pairs, bool HasMoreOrLess) Count(Comparison pair)
    {
        var pairs = 0;
        var moreOrLess = false;
        FindOnlyHere(pair, pair.A);
        FindOnlyHere(pair, pair.B);
        foreach (var here in pair.A.OnlyHere)
        {
            ref readonly var x = ref pair.A.Tokens[here];
            var vocabulary = pair.Vocabulary;
            vocabulary.Tables.TryGetOpposites(vocabulary.TextOf(x.Surface), out var surfaces);
            vocabulary.Tables.TryGetOpposites(vocabulary.TextOf(x.Stem), out var stems);
            var mayBeInTable = (surfaces ?? stems) is not null && !HasAny(vocabulary, pair.A, surfaces) && !IsTooCommon(vocabulary, x);
            foreach (var there in pair.B.OnlyHere)
            {
                ref readonly var y = ref pair.B.Tokens[there];
                if (mayBeInTable && IsOpposite(pair, y, surfaces, stems))
                {
                    pairs++;
                    moreOrLess |= vocabulary.TextOf(x.Surface) is "more" or "less" && vocabulary.TextOf(y.Surface) is "more" or "less";
                }
                else if (NegatedForm.IsNegated(vocabulary.TextOf(x.Surface), vocabulary.TextOf(y.Surface)))
                {
                    pairs++;
                }
            }
        }

        return (pairs, moreOrLess);
    }

    private void FindOnlyHere(Comparison pair, Question question)
    {
        var other = pair.Other(question);
        foreach (var position in question.Words)
        {
            ref readonly var token = ref question.Tokens[position];
            ref var entry = ref pair.Vocabulary[token.Surface];
            if (token.Kind == TokenKind.Word && entry.Surfaces[question.Side] > entry.Surfaces[other.Side] && pair.Vocabulary[token.Stem].Stems[other.Side] == 0
                && _seen.Add(token.Surface, question.Side) == 1)
            {
                question.OnlyHere.Add(position);
            }
        }

        // A word that is said twice makes one pair.
        _seen.Clear();
    }

    private static bool IsTooCommon(Vocabulary vocabulary, in Token token) =>
        token.Has(WordFlags.NoOpposite | WordFlags.Negator)
        || (vocabulary[token.Surface].Length <= ShortWord && vocabulary.TextOf(token.Surface) is not ("on" or "up" or "he"));

    private static bool IsOpposite(Comparison pair, in Token y, string[]? surfaces, string[]? stems)
    {
        var vocabulary = pair.Vocabulary;
        if (!Contains(surfaces, vocabulary.TextOf(y.Surface)) && !Contains(stems, vocabulary.TextOf(y.Stem)))
        {
            return false;
        }

        vocabulary.Tables.TryGetOpposites(vocabulary.TextOf(y.Surface), out var own);
        return !IsTooCommon(vocabulary, y) && !HasAny(vocabulary, pair.B, own);
    }

    private static bool Contains(string[]? words, ReadOnlySpan<char> text)
    {
        foreach (var word in words ?? [])
        {
            if (text.SequenceEqual(word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"bigger or smaller" holds a word and its opposite: neither side of the pair is chosen.</summary>
    private static bool HasAny(Vocabulary vocabulary, Question question, string[]? words)
    {
        foreach (var word in words ?? [])
        {
            if (vocabulary.Find(word) is var id && id >= 0 && vocabulary[id].Surfaces[question.Side] > 0)
            {
                return true;
            }
        }

        return false;
    }
}
