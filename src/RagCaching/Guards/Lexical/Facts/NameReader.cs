using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Tells from capitals, and from the words that an application protects, which words are names.</summary>
internal static class NameReader
{
    private const int MinWordsForStyle = 3;
    private const double TitleShare = 0.75;
    private const double UpperShare = 0.8;

    public static void Read(Question question, Vocabulary vocabulary)
    {
        var (isTitle, isUpper) = StyleOf(question);
        for (var i = 0; i < question.Words.Count; i++)
        {
            if (IsName(question, i, isTitle, isUpper, vocabulary))
            {
                question.Names.Add(question.Words[i]);
            }
        }
    }

    private static (bool IsTitle, bool IsUpper) StyleOf(Question question)
    {
        var words = 0;
        var capitalised = 0;
        var upper = 0;
        foreach (var position in question.Content)
        {
            ref readonly var token = ref question.Tokens[position];
            if (token.Kind == TokenKind.Word)
            {
                words++;
                capitalised += token.Capitals is Capitals.Initial or Capitals.All ? 1 : 0;
                upper += token.Capitals == Capitals.All ? 1 : 0;
            }
        }

        return (words >= MinWordsForStyle && capitalised >= TitleShare * words, words >= MinWordsForStyle && upper >= UpperShare * words);
    }

    private static bool IsName(Question question, int index, bool isTitle, bool isUpper, Vocabulary vocabulary)
    {
        ref readonly var token = ref question.Tokens[question.Words[index]];
        if (token.Has(WordFlags.Protected))
        {
            return true;
        }

        if (IsCountryInSmallLetters(question, index, token, vocabulary))
        {
            return true;
        }

        if (token.Kind == TokenKind.Code)
        {
            return IsSignName(vocabulary.TextOf(token.Surface));
        }

        if (token.Kind != TokenKind.Word || token.Capitals == Capitals.None || isUpper || IsNeverName(question, index, token, vocabulary) || IsUnit(question, index, token) || IsNoun(question, index, token, vocabulary))
        {
            return false;
        }

        if (token.Capitals is Capitals.All or Capitals.Mixed || (token.Capitals == Capitals.Initial && vocabulary[token.Surface].Length == 1 && !token.BeginsSentence))
        {
            return true;
        }

        // In another script capitals begin names, not sentences.
        if (isTitle || !token.BeginsSentence || vocabulary.Tables.Languages[question.Style.Language].IsOwnScript)
        {
            return true;
        }

        var next = question.WordAt(index + 1);
        return next is { Capitals: Capitals.Initial, BeginsSentence: false, IsStop: false };
    }

    /// <summary>"for us orders": the country, since no pronoun stands before a noun.</summary>
    private static bool IsCountryInSmallLetters(Question question, int index, in Token token, Vocabulary vocabulary) =>
        token.Keyword == Keyword.OtherSubject && token.Capitals == Capitals.None && vocabulary.TextOf(token.Surface) is "us" && question.WordAt(index - 1).Has(WordFlags.Marker)
        && question.WordAt(index + 1) is { Kind: TokenKind.Word, IsStop: false };

    private static bool IsUnit(Question question, int index, in Token token) => token.Word is { Unit: > 0 } && question.WordAt(index - 1) is { Kind: TokenKind.Number } or { Word.Unit: > 0 };

    /// <summary>Whether a language capitalises the word because it is a noun: one that is known, or ends like one.</summary>
    private static bool IsNoun(Question question, int index, in Token token, Vocabulary vocabulary)
    {
        var endings = vocabulary.Tables.Languages[question.Style.Language].NounEndings;
        if (endings.Length == 0 || token.Capitals != Capitals.Initial)
        {
            return false;
        }

        if (token.Word is { Kin: 0 })
        {
            return true;
        }

        // "Johannes Buch": after a first name it is a name.
        var before = question.WordAt(index - 1);
        var mayBeSurname = before.Capitals == Capitals.Initial && before.Word is null && before.End + 1 == token.Start;
        if (!mayBeSurname && vocabulary.Tables.Languages[question.Style.Language].Nouns.Contains(vocabulary.TextOf(token.Surface)))
        {
            return true;
        }

        foreach (var ending in endings)
        {
            if (vocabulary.TextOf(token.Surface).EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNeverName(Question question, int index, in Token token, Vocabulary vocabulary)
    {
        if (token.Roman > 0)
        {
            return true;
        }

        if (token.Word is not { } word)
        {
            return false;
        }

        return word.Keyword == Keyword.I || word.Has(WordFlags.WeakName) || word.Number >= 0 || word.Ordinal > 0 || word.Multiplier > 0 || word.Month > 0 || word.Day > 0
            || (word.Has(WordFlags.Stop) && !(token.Capitals == Capitals.All && (vocabulary.TextOf(token.Surface) is "us" or "it" or "am" || question.WordAt(index - 1).Has(WordFlags.Article)))
                && !IsLetter(question.WordAt(index - 1), token, vocabulary));
    }

    /// <summary>"Xbox One S": a capital inside of a sentence that is no word.</summary>
    private static bool IsLetter(in Token before, in Token token, Vocabulary vocabulary) =>
        token.Capitals == Capitals.Initial && before.Capitals != Capitals.None && before.End + 1 == token.Start && vocabulary.TextOf(token.Surface) is "s" or "t" or "d" or "m";

    /// <summary>"c++", "c#", ".net".</summary>
    private static bool IsSignName(ReadOnlySpan<char> text) =>
        text is [_, '+', '+'] or [_, '#'] || (text is ['.', _, ..] && !text[1..].ContainsAnyExceptInRange('0', 'z'));
}
