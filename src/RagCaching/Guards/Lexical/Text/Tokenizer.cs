using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using RagCaching.Guards.Lexical.Text.Scanning;
using RagCaching.Guards.Lexical.Words;
using RagCaching.Internal.Text;

namespace RagCaching.Guards.Lexical.Text;

/// <summary>Splits a question into tokens, in one pass from left to right.</summary>
internal sealed class Tokenizer(Vocabulary vocabulary)
{
    private readonly WordReader _words = new(vocabulary);
    private char[] _cased = new char[1024];
    private char[] _lower = new char[1024];

    public int Capacity => _cased.Length;

    /// <summary>Splits a text.</summary>
    /// <param name="text">The text; any UTF-16, well-formed or not.</param>
    /// <param name="tokens">Receives the tokens.</param>
    /// <param name="style">Receives how it is written.</param>
    public void Read(ReadOnlySpan<char> text, List<Token> tokens, TextStyle style)
    {
        if (text.Length * TextFolder.MostGrowth > _cased.Length)
        {
            _cased = new char[text.Length * TextFolder.MostGrowth];
            _lower = new char[_cased.Length];
        }

        var length = TextFolder.Fold(text, _cased, out var mayCompose);
        if (mayCompose)
        {
            length = Composer.Compose(_cased, length, _lower);
        }

        var cased = _cased.AsSpan(0, length);
        var lower = _lower.AsSpan(0, length);
        if (Ascii.ToLower(cased, lower, out var done) != OperationStatus.Done)
        {
            for (var i = done; i < length; i++)
            {
                lower[i] = char.ToLowerInvariant(cased[i]);
            }
        }

        Scan(cased, lower, tokens, style);
        style.FindLanguage(CollectionsMarshal.AsSpan(tokens), vocabulary.Tables);
        _cased.AsSpan(0, Math.Max(length, text.Length)).Clear();
        _lower.AsSpan(0, Math.Max(length, text.Length)).Clear();
    }

    /// <summary>Gives every token what its word means in the language of its question.</summary>
    public void Translate(List<Token> tokens, TextStyle style)
    {
        if (style.Language != Language.English)
        {
            _words.Translate(tokens, vocabulary.Tables.Languages[style.Language]);
        }
    }

    private void Scan(ReadOnlySpan<char> cased, ReadOnlySpan<char> lower, List<Token> tokens, TextStyle style)
    {
        var lastAt = lower.LastIndexOf('@');
        var lastSlash = lower.LastIndexOf('/');
        var beginsSentence = true;
        var position = 0;
        while (position < lower.Length)
        {
            var c = lower[position];
            if (char.IsWhiteSpace(c))
            {
                position++;
                continue;
            }

            var first = tokens.Count;
            var end = PlainEnd(lower, position);
            if (end > position)
            {
                style.Add(cased[position..end]);
                _words.Add(cased[position..end], lower[position..end], tokens, beginsSentence);
                beginsSentence = false;
                Place(tokens, first, position, end);
                position = end;
                continue;
            }

            end = CodeEnd(cased, lower, position, lastAt, lastSlash, out var isCased);
            if (end > position)
            {
                AddCode(cased[position..end], lower[position..end], isCased, tokens, beginsSentence);
                beginsSentence = false;
            }
            else if ((end = NumberScanner.Read(lower, cased, position)) > position)
            {
                AddNumber(lower[position..end], tokens, beginsSentence);
                beginsSentence = false;
            }
            else if (Scanner.IsLetterAt(lower, position))
            {
                end = AddWords(cased, lower, position, tokens, style, beginsSentence);
                beginsSentence = false;
            }
            else if (IsUnit(c) && vocabulary.Tables.Find(lower.Slice(position, 1)) is not null)
            {
                end = position + 1;
                tokens.Add(NewToken(lower[position..end], TokenKind.UnitSign, beginsSentence: false));
            }
            else
            {
                end = AddSigns(cased, lower, position, tokens);
                beginsSentence |= c is '?' or '!' or ':' || (c == '.' && !EndsAbbreviation(tokens, end - position));
            }

            Place(tokens, first, position, end);
            position = end;
        }
    }

    /// <summary>Gets the end of a word of nothing but Latin letters before a blank, which nearly all are: it is no address, no number and no name with signs.</summary>
    private static int PlainEnd(ReadOnlySpan<char> lower, int position)
    {
        var end = position;
        while (end < lower.Length && char.IsAsciiLetterLower(lower[end]))
        {
            end++;
        }

        return end == lower.Length || lower[end] == ' ' ? end : position;
    }

    /// <summary>Says of tokens that do not know it yet where they stand.</summary>
    private static void Place(List<Token> tokens, int first, int start, int end)
    {
        foreach (ref var token in CollectionsMarshal.AsSpan(tokens)[first..])
        {
            if (token.End == 0)
            {
                (token.Start, token.End) = (start, end);
            }
        }
    }

    /// <summary>"Mr. Smith" and "J. Smith" go on after the point.</summary>
    private bool EndsAbbreviation(List<Token> tokens, int marks) =>
        tokens.Count > marks && tokens[^(marks + 1)] is { Kind: TokenKind.Word, Capitals: Capitals.Initial } before
        && vocabulary.TextOf(before.Surface) is { Length: 1 } or "mr" or "mrs" or "ms" or "dr" or "prof" or "st" or "sr" or "jr" or "hr" or "fr";

    private static int CodeEnd(ReadOnlySpan<char> cased, ReadOnlySpan<char> lower, int position, int lastAt, int lastSlash, out bool isCased)
    {
        var c = lower[position];
        var end = position;
        isCased = true;
        if (c is 'h' or 'w')
        {
            end = CodeScanner.Url(lower, position);
        }

        if (end == position && position < lastSlash && char.IsAsciiLetter(c))
        {
            end = CodeScanner.Host(lower, position);
        }

        if (end == position && position < lastAt)
        {
            end = CodeScanner.Mail(lower, position);
            isCased = end == position;
        }

        if (end != position)
        {
            return end;
        }

        end = c switch
        {
            '`' => CodeScanner.Backticks(cased, position),
            '-' => CodeScanner.Flag(lower, position),
            ':' or ';' => CodeScanner.Face(cased, position),
            '/' or '~' or '*' or '?' or '\\' or '.' => CodeScanner.Path(cased, position),
            _ when position + 2 < lower.Length && lower[position + 1] == ':' => CodeScanner.Path(cased, position),
            _ => position,
        };
        if (end != position)
        {
            return end;
        }

        isCased = false;
        end = c == '.' ? CodeScanner.DotName(lower, position) : position;
        return end == position ? CodeScanner.SignName(lower, position) : end;
    }

    private static bool IsUnit(char c) => c is '$' or '%' or '\u2030' || (c >= 128 && char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol);

    private void AddCode(ReadOnlySpan<char> cased, ReadOnlySpan<char> lower, bool isCased, List<Token> tokens, bool beginsSentence)
    {
        var text = isCased ? cased : lower;
        var inner = text.Trim('`').TrimEnd("./,");
        var token = NewToken(inner.IsEmpty ? text : inner, TokenKind.Code, beginsSentence);
        token.Capitals = Capitals.Mixed;
        token.IsCased = isCased;
        tokens.Add(token);
    }

    private void AddNumber(ReadOnlySpan<char> lower, List<Token> tokens, bool beginsSentence)
    {
        var token = NewToken(lower, TokenKind.Number, beginsSentence);
        token.HasDigit = true;
        tokens.Add(token);
    }

    /// <summary>Adds a word, or all words of a run without blanks.</summary>
    private int AddWords(ReadOnlySpan<char> cased, ReadOnlySpan<char> lower, int position, List<Token> tokens, TextStyle style, bool beginsSentence)
    {
        if (!Segmenter.Splits(Scripts.Of(lower[position])))
        {
            var wordEnd = Scanner.Word(lower, position);
            style.Add(cased[position..wordEnd]);
            _words.Add(cased[position..wordEnd], lower[position..wordEnd], tokens, beginsSentence);
            return wordEnd;
        }

        var end = Segmenter.RunEnd(lower, position);
        var isEnding = false;
        var followsNumber = tokens.Count > 0 && (tokens[^1].Kind == TokenKind.Number || tokens[^1].Word is { Multiplier: > 0 } or { Number: >= 0 });
        while (position < end)
        {
            var length = Segmenter.Next(vocabulary.Tables, lower[position..end], followsNumber, out var word);
            followsNumber = word is { Multiplier: > 0 };
            var token = NewToken(lower.Slice(position, length), TokenKind.Word, beginsSentence);
            token.Word = isEnding && word is null ? Word.Ending : word;
            (token.Start, token.End) = (position, position + length);
            tokens.Add(token);
            style.Add(cased.Slice(position, length));
            isEnding = Scripts.Of(lower[position]) == Script.Hangul;
            position += length;
            beginsSentence = false;
        }

        return end;
    }

    private int AddSigns(ReadOnlySpan<char> cased, ReadOnlySpan<char> lower, int position, List<Token> tokens)
    {
        if (!Signs.IsMark(lower[position]))
        {
            var next = Scanner.Other(lower, position);
            Add(Signs.Matters(cased, position), lower, position, next, tokens);
            return next;
        }

        var end = Signs.MarksEnd(lower, position);
        var matters = Signs.MarksMatter(cased, position, end);
        for (var i = position; i < end; i++)
        {
            Add(matters, lower, i, i + 1, tokens);
        }

        return end;
    }

    private void Add(bool matters, ReadOnlySpan<char> lower, int start, int end, List<Token> tokens)
    {
        var token = NewToken(lower[start..end], matters ? TokenKind.Sign : TokenKind.Punctuation, beginsSentence: false);
        token.Sign = end - start == 1 ? lower[start] : '\0';
        (token.Start, token.End) = (start, end);
        tokens.Add(token);
    }

    private Token NewToken(ReadOnlySpan<char> lower, TokenKind kind, bool beginsSentence) => _words.NewToken(lower, kind, beginsSentence);
}
