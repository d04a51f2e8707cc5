using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Order;
using RagCaching.Guards.Lexical.Rules;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical;

/// <summary>Two questions side by side. Reused by one thread at a time.</summary>
internal sealed class Comparison
{
    /// <summary>Longer questions are not compared by rules: they may be served only when they are the same up to case and punctuation.</summary>
    public const int MaxWords = 1_024;

    private const int MaxKeptText = 64 * 1024;

    private readonly QuestionReader _reader;
    private readonly Tokenizer _tokenizer;

    // A bit for each rule that refuses nothing.
    private uint _rulesOff;

    public Comparison()
    {
        _tokenizer = new Tokenizer(Vocabulary);
        _reader = new QuestionReader(Vocabulary, _tokenizer);
    }

    public LexicalGuardVariant Variant { get; private set; }

    public bool IsStrict => Variant == LexicalGuardVariant.Strict;

    public bool IsLenient => Variant == LexicalGuardVariant.Lenient;

    public Vocabulary Vocabulary { get; } = new();

    public OrderRule Order { get; } = new();

    public Question A { get; } = new(0);

    public Question B { get; } = new(1);

    /// <summary>Gets the matched content words divided by the different content words of both.</summary>
    public double Overlap { get; private set; }

    public int ShorterContent => Math.Min(A.Content.Count, B.Content.Count);

    /// <summary>Gets a value indicating whether so much has grown that it should not be kept for the next pair.</summary>
    public bool IsTooBigToKeep => Vocabulary.Capacity > MaxKeptText || _tokenizer.Capacity > MaxKeptText || A.TokenList.Capacity > MaxKeptText / 8 || B.TokenList.Capacity > MaxKeptText / 8;

    public bool IsOn(GuardRule rule) => (_rulesOff & (1u << (int)rule)) == 0;

    public Question Other(Question question) => question == A ? B : A;

    /// <summary>Whether so many words are shared that the pair is a minimal pair and no other wording altogether. Strict does not ask.</summary>
    public bool Overlaps(double least, int alwaysUpTo) => IsStrict || Overlap >= least || ShorterContent <= alwaysUpTo;

    public GuardRule Decide(string question, string candidate, WordTables tables, LexicalGuardVariant variant, uint rulesOff)
    {
        Vocabulary.Tables = tables;
        Variant = variant;
        _rulesOff = rulesOff;
        _reader.ReadTokens(question, A);
        _reader.ReadTokens(candidate, B);
        if (HaveSameWords())
        {
            return GuardRule.None;
        }

        if (Math.Max(A.Words.Count, B.Words.Count) > MaxWords)
        {
            return GuardRule.Length;
        }

        _reader.ReadFacts(A);
        _reader.ReadFacts(B);
        FindUnmatched(A, B);
        FindUnmatched(B, A);
        var matched = A.Content.Count - A.Unmatched.Count;
        Overlap = (double)matched / Math.Max(1, A.Content.Count + B.Unmatched.Count);
        return RuleBook.FirstRefusal(this);
    }

    public void Clear()
    {
        A.Clear();
        B.Clear();
        Vocabulary.Clear();
    }

    /// <summary>Equal words in equal order, and equal signs, except those that end or part sentences.</summary>
    private bool HaveSameWords()
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

            if (first[i++].Surface != second[j++].Surface)
            {
                return false;
            }
        }
    }

    private void FindUnmatched(Question question, Question other)
    {
        foreach (var position in question.Content)
        {
            ref var entry = ref Vocabulary[question.Tokens[position].Stem];
            if (++entry.Scratch[0] > entry.Content[other.Side])
            {
                question.Unmatched.Add(position);
            }
        }

        foreach (var position in question.Content)
        {
            Vocabulary[question.Tokens[position].Stem].Scratch[0] = 0;
        }
    }
}
