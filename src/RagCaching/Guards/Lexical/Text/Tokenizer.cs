using System.Runtime.InteropServices;

namespace RagCaching.Guards.Lexical.Text;

/// <summary>Splits a question into tokens, in one pass from left to right.</summary>
internal sealed class Tokenizer(Vocabulary vocabulary)
{
    private char[] _cased = new char[512];
    private char[] _lower = new char[512];

    public int Capacity => _cased.Length;

    /// <summary>Splits a text.</summary>
    /// <param name="text">The text; any UTF-16, well-formed or not.</param>
    /// <param name="tokens">Receives the tokens.</param>
    public void Read(ReadOnlySpan<char> text, List<Token> tokens)
    {
        if (text.Length > _cased.Length)
        {
            _cased = new char[text.Length];
            _lower = new char[text.Length];
        }

        var length = TextFolder.Fold(text, _cased);
        var cased = _cased.AsSpan(0, length);
        var lower = _lower.AsSpan(0, length);
        for (var i = 0; i < length; i++)
        {
            var c = cased[i];
            lower[i] = c < 128 ? (char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c) : char.ToLowerInvariant(c);
        }

        Scan(cased, lower, tokens);
        cased.Clear();
        lower.Clear();
    }

    private void Scan(ReadOnlySpan<char> cased, ReadOnlySpan<char> lower, List<Token> tokens)
    {
        var lastAt = lower.LastIndexOf('@');
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

            var end = CodeEnd(lower, position, lastAt);
            if (end > position)
            {
                AddCode(lower[position..end], tokens, beginsSentence);
                beginsSentence = false;
            }
            else if (UnitOf(c) is { } unit)
            {
                end = position + 1;
                tokens.Add(NewToken(unit, TokenKind.UnitSign, beginsSentence: false));
            }
            else if ((end = Scanner.Number(lower, position)) > position)
            {
                var token = NewToken(lower[position..end], TokenKind.Number, beginsSentence);
                token.HasDigit = true;
                tokens.Add(token);
                beginsSentence = false;
            }
            else if ((end = Scanner.Word(lower, position)) > position)
            {
                AddWord(cased[position..end], lower[position..end], tokens, beginsSentence);
                beginsSentence = false;
            }
            else
            {
                end = Scanner.Other(lower, position);
                var token = NewToken(lower[position..end], TokenKind.Punctuation, beginsSentence: false);
                token.Sign = end - position == 1 ? c : '\0';
                tokens.Add(token);
                beginsSentence |= c is '.' or '?' or '!' or ':';
            }

            position = end;
        }
    }

    private static int CodeEnd(ReadOnlySpan<char> lower, int position, int lastAt)
    {
        var c = lower[position];
        var end = position;
        if (c is 'h' or 'w')
        {
            end = Scanner.Url(lower, position);
        }

        if (end == position && position < lastAt)
        {
            end = Scanner.Mail(lower, position);
        }

        if (end == position && c == '`')
        {
            end = Scanner.Backticks(lower, position);
        }

        if (end == position && c == '.')
        {
            end = Scanner.DotName(lower, position);
        }

        return end == position ? Scanner.SignName(lower, position) : end;
    }

    private static string? UnitOf(char c) => c switch
    {
        '$' => "dollar",
        '\u20AC' => "euro",
        '\u00A3' => "gbp",
        '\u00A5' => "yen",
        '\u20B9' => "rupee",
        '%' => "percent",
        _ => null,
    };

    private void AddCode(ReadOnlySpan<char> lower, List<Token> tokens, bool beginsSentence)
    {
        var text = lower.Trim('`').TrimEnd("./,");
        var token = NewToken(text.IsEmpty ? lower : text, TokenKind.Code, beginsSentence);
        token.Capitals = Capitals.Mixed;
        tokens.Add(token);
    }

    private void AddWord(ReadOnlySpan<char> cased, ReadOnlySpan<char> lower, List<Token> tokens, bool beginsSentence)
    {
        if (Contractions.TrySplitWhole(lower, out var first, out var second))
        {
            tokens.Add(NewToken(first, TokenKind.Word, beginsSentence));
            tokens.Add(NewToken(second, TokenKind.Word, beginsSentence: false));
            return;
        }

        if (lower is "n't")
        {
            RepairBefore(tokens);
            tokens.Add(NewToken(lower, TokenKind.Word, beginsSentence));
            return;
        }

        var cut = Contractions.EndingOf(lower, out var ending);
        cased = cased[..^cut];
        lower = lower[..^cut];
        var token = NewToken(lower, TokenKind.Word, beginsSentence);
        token.Capitals = CapitalsReader.Read(cased);
        token.HasDigit = lower.ContainsAnyInRange('0', '9');
        token.HasInnerSign = lower.ContainsAny("._-");
        token.Roman = RomanNumerals.ValueOf(cased);
        tokens.Add(token);
        if (cut > 0)
        {
            tokens.Add(NewToken(ending, TokenKind.Word, beginsSentence: false));
        }
    }

    private void RepairBefore(List<Token> tokens)
    {
        if (tokens.Count > 0 && tokens[^1].Kind == TokenKind.Word && Contractions.WholeBefore(vocabulary.TextOf(tokens[^1].Surface)) is { } whole)
        {
            ref var last = ref CollectionsMarshal.AsSpan(tokens)[^1];
            last = NewToken(whole, TokenKind.Word, last.BeginsSentence);
        }
    }

    private Token NewToken(ReadOnlySpan<char> lower, TokenKind kind, bool beginsSentence)
    {
        var id = kind is TokenKind.Word or TokenKind.UnitSign ? vocabulary.InternWord(lower) : vocabulary.Intern(lower);
        ref readonly var entry = ref vocabulary[id];
        return new Token
        {
            Kind = kind,
            BeginsSentence = beginsSentence,
            Surface = id,
            Stem = kind == TokenKind.Word ? entry.Stem : id,
            Word = kind is TokenKind.Word or TokenKind.UnitSign ? entry.Word : null,
        };
    }
}
