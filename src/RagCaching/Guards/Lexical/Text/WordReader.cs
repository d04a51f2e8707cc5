using System.Runtime.InteropServices;
using RagCaching.Guards.Lexical.Text.Scanning;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Text;

/// <summary>Makes tokens of words: takes contractions apart, reads capitals, and looks up what is known.</summary>
internal sealed class WordReader(Vocabulary vocabulary)
{
    // "shouldnt", "cannot".
    private const int LongestContraction = 8;

    /// <summary>Adds a word and what is split off it.</summary>
    public void Add(ReadOnlySpan<char> cased, ReadOnlySpan<char> lower, List<Token> tokens, bool beginsSentence)
    {
        if (Plain(cased, lower) is var isCapital and >= 0)
        {
            var plain = NewToken(lower, TokenKind.Word, beginsSentence);
            plain.Capitals = isCapital > 0 ? Capitals.Initial : Capitals.None;
            plain.Upper = (ushort)isCapital;
            tokens.Add(plain);
            return;
        }

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

        if (Elisions.LengthOf(lower) is var elided and > 0)
        {
            tokens.Add(NewToken(lower[..elided], TokenKind.Word, beginsSentence));
            cased = cased[(elided + 1)..];
            lower = lower[(elided + 1)..];
            beginsSentence = false;
        }

        var cut = Contractions.EndingOf(lower, out var ending);
        cased = cased[..^cut];
        lower = lower[..^cut];
        var isIdentifier = Identifiers.IsOne(cased);
        var token = NewToken(isIdentifier ? cased : lower, TokenKind.Word, beginsSentence);
        if (token.Word is null && Scripts.Of(lower[0]) > Script.LastMixed && vocabulary.Tables.FindInflected(lower) is { } known)
        {
            token.Word = known;
            token.Stem = vocabulary.Intern(known.Stem);
        }

        token.Capitals = CapitalsReader.Read(cased);
        token.IsCased = isIdentifier || lower.Contains('_');
        token.Upper = CapitalsReader.UpperBits(cased);
        token.HasDigit = HasDigit(lower);
        token.HasInnerSign = lower.ContainsAny("._-");
        token.Roman = RomanNumerals.ValueOf(cased);
        tokens.Add(token);
        if (cut > 0)
        {
            tokens.Add(NewToken(ending, TokenKind.Word, beginsSentence: false));
        }
    }

    /// <summary>Tells whether a word is nothing but letters, of which at most the first is a capital, and no contraction: nearly all are.</summary>
    /// <returns>1 with a capital, 0 without, -1 if the word has to be looked at.</returns>
    private static int Plain(ReadOnlySpan<char> cased, ReadOnlySpan<char> lower)
    {
        var rest = cased[1..];
        if (lower.Length < 2 || !char.IsAsciiLetter(cased[0]) || rest.ContainsAnyExceptInRange('a', 'z') || (lower.Length <= LongestContraction && (lower[^1] == 't' || lower is "im" or "ive")))
        {
            return -1;
        }

        return char.IsAsciiLetterUpper(cased[0]) ? 1 : 0;
    }

    /// <summary>Gives every token what its word means in a language.</summary>
    public void Translate(List<Token> tokens, Language language)
    {
        if (language.IsOwnScript)
        {
            return;
        }

        var followsNumber = false;
        foreach (ref var token in CollectionsMarshal.AsSpan(tokens))
        {
            var isUnit = followsNumber && token.Word is { Unit: > 0 };
            followsNumber = token.Kind == TokenKind.Number;
            if (token.Kind != TokenKind.Word)
            {
                continue;
            }

            // "2,5 m" is a measure in every language, also where "m" is a word.
            if (isUnit && language.Find(vocabulary.TextOf(token.Surface)) is null or { Unit: 0 })
            {
                continue;
            }

            if (language.Find(vocabulary.TextOf(token.Surface)) is { } word)
            {
                token.Word = word;
                token.Stem = word.Stem!.AsSpan().SequenceEqual(vocabulary.TextOf(token.Surface)) ? token.Surface : vocabulary.Intern(word.Stem);
            }
            else if (language.IsNegated(vocabulary.TextOf(token.Surface)))
            {
                token.Word = Word.NegatedVerb;
            }
            else if (token.Word is { Unit: 0, Kin: 0, Hour: 0, Phrases: null } && !token.Has(WordFlags.Protected))
            {
                // What the word means in English is not what it means here.
                token.Word = null;
            }
        }
    }

    public Token NewToken(ReadOnlySpan<char> text, TokenKind kind, bool beginsSentence)
    {
        var isWord = kind is TokenKind.Word or TokenKind.UnitSign;
        var id = isWord ? vocabulary.InternWord(text) : vocabulary.Intern(text);
        ref readonly var entry = ref vocabulary[id];
        return new Token
        {
            Kind = kind,
            BeginsSentence = beginsSentence,
            Surface = id,
            Stem = kind == TokenKind.Word ? entry.Stem : id,
            Word = isWord ? entry.Word : null,
        };
    }

    private static bool HasDigit(ReadOnlySpan<char> lower)
    {
        foreach (var c in lower)
        {
            if (char.IsAsciiDigit(c) || Scanner.IsSmallNumber(c))
            {
                return true;
            }
        }

        return false;
    }

    private void RepairBefore(List<Token> tokens)
    {
        if (tokens.Count > 0 && tokens[^1].Kind == TokenKind.Word && Contractions.WholeBefore(vocabulary.TextOf(tokens[^1].Surface)) is { } whole)
        {
            ref var last = ref CollectionsMarshal.AsSpan(tokens)[^1];
            last = NewToken(whole, TokenKind.Word, last.BeginsSentence) with { Start = last.Start, End = last.End };
        }
    }
}
