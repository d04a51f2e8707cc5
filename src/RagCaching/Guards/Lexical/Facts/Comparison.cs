using System.Runtime.InteropServices;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Two questions side by side. Reused by one thread at a time.</summary>
internal sealed class Comparison
{
    // The case of longer words says nothing.
    private const int LongestSymbol = 4;

    private const int MaxKeptText = 64 * 1024;

    private readonly QuestionReader _reader;
    private readonly Tokenizer _tokenizer;

    private readonly OppositeFinder _oppositeFinder = new();
    private readonly Tally _matched = new();

    private (int Pairs, bool HasMoreOrLess)? _opposites;

    public Comparison()
    {
        _tokenizer = new Tokenizer(Vocabulary);
        _reader = new QuestionReader(Vocabulary, _tokenizer);
    }

    public bool IsStrict { get; private set; }

    public bool IsLenient { get; private set; }

    /// <summary>Gets a value indicating whether a name may have a typo.</summary>
    public bool AllowsTypos { get; private set; }

    public Vocabulary Vocabulary { get; } = new();

    public Question A { get; } = new(0);

    public Question B { get; } = new(1);

    /// <summary>Gets the matched content words divided by the different content words of both.</summary>
    public double Overlap { get; private set; }

    public int ShorterContent => Math.Min(A.Content.Count, B.Content.Count);

    /// <summary>Gets a value indicating whether so much has grown that it should not be kept for the next pair.</summary>
    public bool IsTooBigToKeep => Vocabulary.Capacity > MaxKeptText || _tokenizer.Capacity > MaxKeptText || A.TokenList.Capacity > MaxKeptText / 8 || B.TokenList.Capacity > MaxKeptText / 8;

    /// <summary>Gets the opposites between the words that only one side has. They are counted when a rule asks first.</summary>
    public (int Pairs, bool HasMoreOrLess) Opposites => _opposites ??= _oppositeFinder.Count(this);

    /// <summary>Gets or sets a value indicating whether the missing names were looked for.</summary>
    public bool KnowsMissingNames { get; set; }

    public int LongerWords => Math.Max(A.Words.Count, B.Words.Count);

    public Question Other(Question question) => question == A ? B : A;

    /// <summary>Whether so many words are shared that the pair is a minimal pair and no other wording altogether. Strict does not ask.</summary>
    public bool Overlaps(double least, int alwaysUpTo) => IsStrict || Overlap >= least || ShorterContent <= alwaysUpTo;

    /// <summary>Splits both questions into words.</summary>
    public void Read(string question, string candidate, WordTables tables)
    {
        Vocabulary.Tables = tables;
        _reader.ReadTokens(question, A);
        _reader.ReadTokens(candidate, B);
        if (A.Style.HasMarks || B.Style.HasMarks)
        {
            LetterPairs.Note(Vocabulary, A.Tokens);
            LetterPairs.Note(Vocabulary, B.Tokens);
            LetterPairs.Replace(Vocabulary, CollectionsMarshal.AsSpan(A.TokenList));
            LetterPairs.Replace(Vocabulary, CollectionsMarshal.AsSpan(B.TokenList));
        }
    }

    /// <summary>Finds what the rules ask for.</summary>
    public void ReadFacts(bool isStrict, bool isLenient, bool allowsTypos)
    {
        IsStrict = isStrict;
        IsLenient = isLenient;
        AllowsTypos = allowsTypos;
        AgreeOnLanguage();
        _reader.Translate(A);
        _reader.Translate(B);
        _reader.ReadFacts(A);
        _reader.ReadFacts(B);
        FindUnmatched(A, B);
        FindUnmatched(B, A);
        var matched = A.Content.Count - A.Unmatched.Count;
        Overlap = (double)matched / Math.Max(1, A.Content.Count + B.Unmatched.Count);
    }

    public void Clear()
    {
        A.Clear();
        B.Clear();
        Vocabulary.Clear();
        _opposites = null;
        KnowsMissingNames = false;
    }

    /// <summary>Equal words and equal signs in equal order, except signs that carry no meaning. Letters whose case may say something have to have the same.</summary>
    public bool HaveSameWords()
    {
        if (A.Words.Count != B.Words.Count)
        {
            return false;
        }

        var first = A.Tokens;
        var second = B.Tokens;
        var (i, j) = (0, 0);
        while (true)
        {
            while (i < first.Length && first[i].Kind == TokenKind.Punctuation)
            {
                i++;
            }

            while (j < second.Length && second[j].Kind == TokenKind.Punctuation)
            {
                j++;
            }

            if (i == first.Length || j == second.Length)
            {
                return i == first.Length && j == second.Length;
            }

            if (first[i].Surface != second[j].Surface || (first[i].Upper != second[j].Upper && Vocabulary[first[i].Surface].Length <= LongestSymbol))
            {
                return false;
            }

            (i, j) = (i + 1, j + 1);
        }
    }

    /// <summary>A few words may be of several languages; those of the other question tell of which.</summary>
    private void AgreeOnLanguage()
    {
        var (a, b) = (A.Style, B.Style);
        if (a.Language == b.Language || (a.IsLanguageClear && b.IsLanguageClear))
        {
            return;
        }

        // The same whichever question comes first: of two that fit as well, the later language.
        var votes = a.VotesFor(a.Language) + b.VotesFor(a.Language) - a.VotesFor(b.Language) - b.VotesFor(b.Language);
        var isFirst = a.IsLanguageClear || (!b.IsLanguageClear && (votes > 0 || (votes == 0 && a.Language > b.Language)));
        var (known, open) = isFirst ? (a, b) : (b, a);
        if (open.VotesFor(known.Language) > 0)
        {
            open.Assume(known.Language);
        }
    }

    private void FindUnmatched(Question question, Question other)
    {
        foreach (var position in question.Content)
        {
            var stem = question.Tokens[position].Stem;
            if (_matched.Add(stem, question.Side) > Vocabulary[stem].Content[other.Side])
            {
                question.Unmatched.Add(position);
            }
        }

        _matched.Clear();
    }
}
