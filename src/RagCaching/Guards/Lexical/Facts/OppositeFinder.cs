using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Counts the opposites between the words that only one side has.</summary>
internal sealed class OppositeFinder
{
    private const int ShortWord = 2;

    private readonly Tally _onlyHere = new();
    private readonly Tally _surfaces = new();
    private readonly Tally _stems = new();

    /// <summary>Counts pairs from the table and pairs made by a prefix or an ending.</summary>
    public (int Pairs, bool HasMoreOrLess) Count(Comparison pair)
    {
        FindOnlyHere(pair, pair.A);
        FindOnlyHere(pair, pair.B);
        var pairs = CountNegated(pair, pair.A) + CountNegated(pair, pair.B) + HyphenatedOpposites.Count(pair);
        var moreOrLess = false;
        foreach (var position in pair.A.OnlyHere)
        {
            pairs += CountInTable(pair, position, ref moreOrLess);
        }

        _onlyHere.Clear();
        _surfaces.Clear();
        _stems.Clear();
        return (pairs, moreOrLess);
    }

    private int CountNegated(Comparison pair, Question question)
    {
        var language = pair.Vocabulary.Tables.Languages[question.Style.Language];
        var count = 0;
        foreach (var position in question.OnlyHere)
        {
            count += !IsInTable(pair.Vocabulary, question, question.Tokens[position]) && NegatedForm.Negates(pair.Vocabulary, question.Tokens[position], language, _onlyHere, 1 - question.Side) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whether the table has the word and its opposite, which then count there.</summary>
    private bool IsInTable(Vocabulary vocabulary, Question question, in Token token)
    {
        foreach (var (text, hash) in vocabulary.OppositesOf(token.Surface))
        {
            if (vocabulary.Find(text, hash) is var id && id >= 0 && _surfaces[id, 1 - question.Side] > 0)
            {
                return true;
            }
        }

        return false;
    }

    private void FindOnlyHere(Comparison pair, Question question)
    {
        var other = pair.Other(question);
        foreach (var position in question.Words)
        {
            ref readonly var token = ref question.Tokens[position];
            ref var entry = ref pair.Vocabulary[token.Surface];

            // A word that is said twice makes one pair.
            if (token.Kind == TokenKind.Word && entry.Surfaces[question.Side] > entry.Surfaces[other.Side] && pair.Vocabulary[token.Stem].Stems[other.Side] == 0
                && _onlyHere.Add(token.Surface, question.Side) == 1)
            {
                question.OnlyHere.Add(position);
                if (!IsTooCommon(pair.Vocabulary, token) && !HasOwnOpposite(pair.Vocabulary, question, token))
                {
                    _surfaces.Add(token.Surface, question.Side);
                    _stems.Add(token.Stem, question.Side);
                }
            }
        }
    }

    /// <summary>Counts the opposites of a word of the first question that the second has.</summary>
    private int CountInTable(Comparison pair, int position, ref bool moreOrLess)
    {
        var vocabulary = pair.Vocabulary;
        ref readonly var token = ref pair.A.Tokens[position];
        if (_surfaces[token.Surface, 0] == 0)
        {
            return 0;
        }

        var count = CountPresent(vocabulary, token.Surface, _surfaces);
        moreOrLess |= count > 0 && vocabulary.TextOf(token.Surface) switch
        {
            "more" => _surfaces[vocabulary.Find("less"), 1] > 0,
            "less" => _surfaces[vocabulary.Find("more"), 1] > 0,
            _ => false,
        };
        return count == 0 ? CountPresent(vocabulary, token.Stem, _stems) : count;
    }

    private static int CountPresent(Vocabulary vocabulary, int word, Tally words)
    {
        var count = 0;
        foreach (var (text, hash) in vocabulary.OppositesOf(word))
        {
            count += vocabulary.Find(text, hash) is var id && id >= 0 && words[id, 1] > 0 ? 1 : 0;
        }

        return count;
    }

    private static bool IsTooCommon(Vocabulary vocabulary, in Token token) =>
        token.Has(WordFlags.NoOpposite | WordFlags.Negator)
        || (vocabulary[token.Surface].Length <= ShortWord && (token.Word is null || (token.Word.Languages & 1) != 0) && vocabulary.TextOf(token.Surface) is not ("on" or "up" or "he"));

    /// <summary>"bigger or smaller" holds a word and its opposite: neither side of the pair is chosen.</summary>
    private static bool HasOwnOpposite(Vocabulary vocabulary, Question question, in Token token)
    {
        foreach (var (text, hash) in vocabulary.OppositesOf(token.Surface))
        {
            if (vocabulary.Find(text, hash) is var id && id >= 0 && vocabulary[id].Surfaces[question.Side] > 0)
            {
                return true;
            }
        }

        return false;
    }
}
