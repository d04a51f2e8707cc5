using System.Text;

namespace RagCaching.Onnx.Tokenization;

/// <summary>BERT's tokenisation in one pass: characters are cleaned, folded and split into words, and words into pieces of a vocabulary.</summary>
/// <remarks>
/// Gives the ids of Hugging Face's <c>tokenizers</c>, special tokens in the text included; lone surrogates, which that library refuses, vanish like U+FFFD. Allocates nothing, reads no further than
/// the ids that are wanted, and works without ICU. Rules: J. Devlin et al., BERT, <c>tokenization.py</c>. Thread-safe.
/// </remarks>
internal sealed class WordPieceTokenizer
{
    private readonly Vocabulary _vocabulary;
    private readonly TextRules _rules;
    private readonly AsciiKind[] _ascii = new AsciiKind[128];

    public WordPieceTokenizer(Vocabulary vocabulary, TextRules rules)
    {
        _vocabulary = vocabulary;
        _rules = rules;
        for (var character = 0; character < _ascii.Length; character++)
        {
            var rune = new Rune(character);
            _ascii[character] = BertCharacters.IsDropped(rune) ? AsciiKind.Dropped
                : BertCharacters.IsBlank(rune) ? AsciiKind.Blank
                : BertCharacters.IsPunctuation(rune) ? AsciiKind.Punctuation
                : rules.LowerCase && Rune.IsUpper(rune) ? AsciiKind.Upper
                : AsciiKind.Letter;
        }

        foreach (var (token, _) in vocabulary.Special)
        {
            if (char.IsAscii(token[0]))
            {
                _ascii[token[0]] = AsciiKind.MayBeSpecial;
            }
        }
    }

    /// <summary>Gets the ids of a text, between those that every text begins and ends with.</summary>
    /// <param name="prefix">What is read before the text, as if the text began with it.</param>
    /// <param name="text">The text.</param>
    /// <param name="ids">Receives the ids; its length, at least 3, is the most there may be.</param>
    /// <returns>The number of ids, whether the text was cut off there, and whether anything of it could be read.</returns>
    public TokenizedText Encode(ReadOnlySpan<char> prefix, ReadOnlySpan<char> text, Span<int> ids)
    {
        var words = new PieceWriter(_vocabulary, ids[1..^1], stackalloc char[PieceWriter.MostCharacters]);
        Read(prefix, ref words);
        var before = words.Letters;
        Read(text, ref words);
        var isEmpty = words.Letters == before;
        words.EndWord();

        ids[0] = _vocabulary.First;
        ids[words.Written + 1] = _vocabulary.Last;
        return new TokenizedText(words.Written + 2, words.IsOverfull, isEmpty);
    }

    private void Read(ReadOnlySpan<char> text, ref PieceWriter words)
    {
        for (var i = 0; i < text.Length && !words.IsOverfull;)
        {
            var character = text[i];
            if (!char.IsAscii(character))
            {
                Rune.DecodeFromUtf16(text[i..], out var rune, out var length);
                Add(rune, ref words);
                i += length;
                continue;
            }

            switch (_ascii[character])
            {
                case AsciiKind.Letter:
                    words.Append(character);
                    break;
                case AsciiKind.Upper:
                    words.Append((char)(character | 0x20));
                    break;
                case AsciiKind.Blank:
                    words.EndWord();
                    break;
                case AsciiKind.Punctuation:
                    words.AddAlone(new Rune(character));
                    break;
                case AsciiKind.MayBeSpecial when MatchSpecial(text[i..], out var length, out var id):
                    words.AddId(id);
                    i += length;
                    continue;
                case AsciiKind.MayBeSpecial:
                    words.AddAlone(new Rune(character));
                    break;
                default:
                    break;
            }

            i++;
        }
    }

    private void Add(Rune rune, ref PieceWriter words)
    {
        if (BertCharacters.IsDropped(rune))
        {
            return;
        }

        if (BertCharacters.IsBlank(rune))
        {
            words.EndWord();
            return;
        }

        var standsAlone = _rules.SplitIdeographs && BertCharacters.IsIdeograph(rune);
        if (standsAlone)
        {
            words.EndWord();
        }

        Span<Rune> parts = stackalloc Rune[Decomposition.MostParts];
        parts[0] = rune;
        var count = _rules.StripAccents ? Decomposition.Strip(rune, parts) : 1;
        foreach (var part in parts[..count])
        {
            AddPart(part, ref words);
        }

        if (standsAlone)
        {
            words.EndWord();
        }
    }

    private void AddPart(Rune rune, ref PieceWriter words)
    {
        if (_rules.LowerCase && rune.Value == 'İ')
        {
            // The only letter whose lower form is two characters.
            words.Append('i');
            words.Append('\u0307');
            return;
        }

        var lowered = _rules.LowerCase ? Rune.ToLowerInvariant(rune) : rune;
        if (BertCharacters.IsBlank(lowered))
        {
            words.EndWord();
        }
        else if (BertCharacters.IsPunctuation(lowered))
        {
            words.AddAlone(lowered);
        }
        else
        {
            words.Append(lowered);
        }
    }

    private bool MatchSpecial(ReadOnlySpan<char> text, out int length, out int id)
    {
        foreach (var (token, found) in _vocabulary.Special)
        {
            if (text.StartsWith(token, StringComparison.Ordinal))
            {
                (length, id) = (token.Length, found);
                return true;
            }
        }

        (length, id) = (0, 0);
        return false;
    }
}
