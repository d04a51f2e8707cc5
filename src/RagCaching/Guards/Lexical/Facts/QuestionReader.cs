using System.Runtime.InteropServices;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Finds the facts of a question in its tokens.</summary>
internal sealed class QuestionReader(Vocabulary vocabulary, Tokenizer tokenizer)
{
    private const int FirstWords = 4;

    private readonly NumberReader _numbers = new(vocabulary);
    private readonly PassiveReader _passive = new(vocabulary);

    /// <summary>Splits a text into the tokens of a question.</summary>
    public void ReadTokens(string text, Question question)
    {
        tokenizer.Read(text, question.TokenList, question.Style);
        var tokens = question.Tokens;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].IsWordLike)
            {
                question.Words.Add(i);
            }
            else
            {
                question.Signs += tokens[i].Kind == TokenKind.Punctuation ? 0 : 1;
            }
        }
    }

    /// <summary>Reads the words of a question in its language.</summary>
    public void Translate(Question question) => tokenizer.Translate(question.TokenList, question.Style);

    /// <summary>Finds everything else.</summary>
    public void ReadFacts(Question question)
    {
        for (var i = 0; i < question.Words.Count; i++)
        {
            if (question.Tokens[question.Words[i]].Word is { Phrases: not null })
            {
                ReadPhrase(question, i);
            }

            ReadWord(question, question.Words[i]);
        }

        ReadJoined(question);
        _numbers.Read(question);
        foreach (var number in question.Numbers)
        {
            vocabulary[number.Value].Numbers[question.Side]++;
        }

        NameReader.Read(question, vocabulary);
        QuoteReader.Read(question, vocabulary, question.Tokens);
        question.Negators = NegationReader.Count(question);
        question.AskedFor = AskedForReader.Read(question);
        ReadVerbs(question);
    }

    private void ReadWord(Question question, int position)
    {
        ref readonly var token = ref question.Tokens[position];
        vocabulary[token.Surface].Surfaces[question.Side]++;
        vocabulary[token.Stem].Stems[question.Side]++;
        if (!token.IsStop)
        {
            question.Content.Add(position);
            vocabulary[token.Stem].Content[question.Side]++;
        }

        if (IsCode(token) || IsCall(question, position))
        {
            question.Codes.Add(position);
        }

        if (token.HasDigit && token.Kind == TokenKind.Word)
        {
            DigitRuns.Count(vocabulary, token.Surface, question.Side);
        }

        if (token.Word is not { } word)
        {
            return;
        }

        question.Relatives |= word.Relatives;
        question.Synonyms |= word.Synonyms;
        question.HasLoneWord |= word.Has(WordFlags.Lone);
        question.Masculine += word.Has(WordFlags.Masculine) ? 1 : 0;
        question.Feminine += word.Has(WordFlags.Feminine) ? 1 : 0;
        if (word.Has(WordFlags.GenderedPronoun))
        {
            question.Genders.Add(word.Has(WordFlags.Masculine));
        }

        switch (word.Keyword)
        {
            case Keyword.And: question.Ands++; break;
            case Keyword.Or: question.Ors++; break;
            case Keyword.Between: question.SaysBetween = true; break;
            case Keyword.Future: question.IsFuture = true; break;
            case Keyword.Every: question.HasEvery = true; break;
            case Keyword.Only: question.HasOnly |= vocabulary.TextOf(token.Surface) is "only"; break;
        }
    }

    /// <summary>Takes "United States" for what "USA" is.</summary>
    private void ReadPhrase(Question question, int index)
    {
        var next = vocabulary.TextOf(question.WordAt(index + 1).Surface);
        var tokens = CollectionsMarshal.AsSpan(question.TokenList);
        foreach (var (text, named) in question.WordAt(index).Word!.Phrases!)
        {
            if (index + 1 < question.Words.Count && next.SequenceEqual(text))
            {
                tokens[question.Words[index]].Word = tokens[question.Words[index + 1]].Word = named;
                return;
            }
        }
    }

    /// <summary>Finds words on either side of a slash, without blanks.</summary>
    private static void ReadJoined(Question question)
    {
        var tokens = question.Tokens;
        for (var i = 1; i + 1 < tokens.Length; i++)
        {
            if (tokens[i].Sign == '/' && tokens[i - 1].Kind == TokenKind.Word && tokens[i + 1].Kind == TokenKind.Word && tokens[i - 1].End == tokens[i].Start && tokens[i].End == tokens[i + 1].Start)
            {
                question.Joined.Add(i - 1);
                question.Joined.Add(i + 1);
            }
        }
    }

    /// <summary>Signs and digits make a code of a word; a dot does when it is longer than initials.</summary>
    private bool IsCode(in Token token)
    {
        if (token.Kind == TokenKind.Code || (token.Kind == TokenKind.Word && (token.HasDigit || token.IsCased)))
        {
            return true;
        }

        if (token.Kind != TokenKind.Word || !token.HasInnerSign)
        {
            return false;
        }

        var text = vocabulary.TextOf(token.Surface);
        return text.Contains('_') || (text.Length > 4 && text.Contains('.') && !IsInitials(text));
    }

    /// <summary>"map()".</summary>
    private static bool IsCall(Question question, int position)
    {
        var tokens = question.Tokens;
        return position + 2 < tokens.Length && tokens[position + 1].Sign == '(' && tokens[position + 2].Sign == ')' && tokens[position].End == tokens[position + 1].Start
            && tokens[position + 1].End == tokens[position + 2].Start;
    }

    private static bool IsInitials(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '.' != (i % 2 == 1))
            {
                return false;
            }
        }

        return true;
    }

    private void ReadVerbs(Question question)
    {
        for (var i = 0; i < question.Words.Count; i++)
        {
            var word = question.WordAt(i);
            question.IsPast |= i < FirstWords && word.Keyword is Keyword.Past or Keyword.Did;
            question.SaysUsedTo |= i > 0 && SaysUsedTo(question, i, word.Keyword);
            question.IsPassive |= _passive.IsAgentMarker(question, i);
        }
    }

    private static bool SaysUsedTo(Question question, int index, Keyword keyword)
    {
        if (keyword is not (Keyword.Used or Keyword.Use) || question.WordAt(index + 1).Keyword != Keyword.To)
        {
            return false;
        }

        for (var i = keyword == Keyword.Used ? Math.Max(0, index - 3) : 0; i < index; i++)
        {
            var before = question.WordAt(i);
            if (keyword == Keyword.Use)
            {
                if (before.Keyword == Keyword.Did)
                {
                    return true;
                }
            }
            else if (before.Has(WordFlags.BeForm) || before.Keyword is Keyword.Getting or Keyword.Possessive)
            {
                return false;
            }
        }

        return keyword == Keyword.Used;
    }
}
