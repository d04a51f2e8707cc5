using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Text.Scanning;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Rules.Names;

/// <summary>Tells whether a name of one side is there on the other, also in lower case, in another grammatical case, run together, or as initials.</summary>
internal static class NameMatch
{
    private const int LeastLength = 4;
    private const int LongestAcronym = 6;

    // Bounds the work of a question with very many names.
    private const int MostWords = 256;

    public static bool IsPresent(Comparison pair, Question question, int position)
    {
        ref readonly var name = ref question.Tokens[position];
        var vocabulary = pair.Vocabulary;
        var other = pair.Other(question);
        if (vocabulary[name.Surface].Surfaces[other.Side] > 0 || (vocabulary[name.Stem].Stems[other.Side] > 0 && MayInflect(name)))
        {
            return true;
        }

        if (name.Word is { } word && ((word.Synonyms & other.Synonyms) != 0 || (word.Kin > 0 && HasKin(other, word.Kin))))
        {
            return true;
        }

        // Two protected words that look alike are what the application wants to have told apart.
        if (name.Has(WordFlags.Protected))
        {
            return false;
        }

        var text = vocabulary.TextOf(name.Surface);
        return (text.Length >= LeastLength && RunTogether.Contains(vocabulary, other, text))
            || HyphenatedNames.ArePresent(vocabulary, question, other, name)
            || IsMarked(pair, question, other, text)
            || IsInflected(pair, question, other, text)
            || NameTypos.IsNearAnother(vocabulary, question, other, text, pair.AllowsTypos)
            || (name.Capitals == Capitals.All && text.Length <= LongestAcronym && Initials.AreOf(vocabulary, other, text))
            || Initials.StandIn(pair, question, position, other)
            || IsPartOfRun(pair, question, position, other);
    }

    /// <summary>Whether a name with the same stem is the same: "iPhones" is "iPhone", but "Martine" is not "Martin" and "Roberts" not "Robert".</summary>
    private static bool MayInflect(in Token name) =>
        name.Capitals is Capitals.All or Capitals.Mixed or Capitals.None || name.Word is not null;

    private static bool HasKin(Question question, int kin)
    {
        foreach (var position in question.Words)
        {
            if (question.Tokens[position].Word is { Kin: > 0 } word && word.Kin == kin)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one side has the name without its marks, because its writer types none.</summary>
    private static bool IsMarked(Comparison pair, Question question, Question other, ReadOnlySpan<char> name)
    {
        if (question.Style.HasMarks == other.Style.HasMarks || pair.Vocabulary.Tables.Languages[question.Style.Language].HasDigraphs || name.Length is < MarkedSpelling.LeastLength or > MarkedSpelling.MaxLength)
        {
            return false;
        }

        Span<char> bare = stackalloc char[MarkedSpelling.MaxLength];
        if (question.Style.HasMarks)
        {
            return MarkedSpelling.TryRemove(name, bare, out var written) && Has(pair.Vocabulary, other, bare[..written]);
        }

        foreach (var position in other.Names)
        {
            var text = pair.Vocabulary.TextOf(other.Tokens[position].Surface);
            if (text.Length == name.Length && MarkedSpelling.TryRemove(text, bare, out var length) && name.SequenceEqual(bare[..length]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the other side has the name with another ending of a grammatical case, in a language that has cases.</summary>
    private static bool IsInflected(Comparison pair, Question question, Question other, ReadOnlySpan<char> name)
    {
        var endings = pair.Vocabulary.Tables.Languages[question.Style.Language].Inflections;
        if (endings.Length == 0 || question.Style.Language != other.Style.Language || name.Length < LeastLength)
        {
            return false;
        }

        var words = Math.Min(other.Words.Count, MostWords);
        for (var i = 0; i < words; i++)
        {
            var word = pair.Vocabulary.TextOf(other.WordAt(i).Surface);
            var same = word.CommonPrefixLength(name);
            if (same >= LeastLength - 1 && same * 2 > Math.Max(word.Length, name.Length) && HaveEndings(endings, word, name, same))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether both words are one stem and endings; the stem may be shorter than what they have in common.</summary>
    private static bool HaveEndings(string[] endings, ReadOnlySpan<char> first, ReadOnlySpan<char> second, int same)
    {
        for (var stem = same; stem >= LeastLength - 1 && stem >= same - 1; stem--)
        {
            if (IsEnding(endings, first[stem..]) && IsEnding(endings, second[stem..]) && !MakeAnotherName(first[stem..], second[stem..]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An "a" makes a woman's name of a man's as often as a case.</summary>
    private static bool MakeAnotherName(ReadOnlySpan<char> first, ReadOnlySpan<char> second) =>
        (first.IsEmpty && MakesAnotherName(second)) || (second.IsEmpty && MakesAnotherName(first));

    private static bool MakesAnotherName(ReadOnlySpan<char> ending) => ending is "a" or "\u0430" or "e" or "s" or "\u043E\u0432" or "\u0435\u0432" or "\u0438\u043D";

    private static bool IsEnding(string[] endings, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        foreach (var ending in endings)
        {
            if (text.SequenceEqual(ending))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the name and its neighbours are one word there: "You Tube" is "YouTube".</summary>
    private static bool IsPartOfRun(Comparison pair, Question question, int position, Question other)
    {
        Span<char> joined = stackalloc char[64];
        return (TryJoin(pair.Vocabulary, question, position, position + 1, joined, out var length) && Has(pair.Vocabulary, other, joined[..length]))
            || (TryJoin(pair.Vocabulary, question, position - 1, position, joined, out length) && Has(pair.Vocabulary, other, joined[..length]));
    }

    private static bool TryJoin(Vocabulary vocabulary, Question question, int first, int second, Span<char> joined, out int length)
    {
        length = 0;
        if (first < 0 || second >= question.Tokens.Length || !question.Tokens[first].IsWordLike || !question.Tokens[second].IsWordLike)
        {
            return false;
        }

        var one = vocabulary.TextOf(question.Tokens[first].Surface);
        var two = vocabulary.TextOf(question.Tokens[second].Surface);
        length = one.Length + two.Length;
        if (length > joined.Length)
        {
            return false;
        }

        one.CopyTo(joined);
        two.CopyTo(joined[one.Length..]);
        return true;
    }

    private static bool Has(Vocabulary vocabulary, Question question, ReadOnlySpan<char> text) =>
        vocabulary.Find(text) is var id and >= 0 && vocabulary[id].Surfaces[question.Side] > 0;
}
