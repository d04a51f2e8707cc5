using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Text;

/// <summary>A piece of a question.</summary>
internal struct Token
{
    public TokenKind Kind;
    public Capitals Capitals;

    /// <summary>Whether it begins a sentence.</summary>
    public bool BeginsSentence;

    /// <summary>Where it begins in the folded text.</summary>
    public int Start;

    /// <summary>Where it ends in the folded text.</summary>
    public int End;

    /// <summary>Whether it is written with upper-case letters whose case says something: a flag, an address, an identifier.</summary>
    public bool IsCased;

    /// <summary>A bit for each of the first letters that is a capital.</summary>
    public ushort Upper;

    /// <summary>Whether digits are part of it.</summary>
    public bool HasDigit;

    /// <summary>Whether it has a sign between its letters: a dot, a hyphen, an underline.</summary>
    public bool HasInnerSign;

    /// <summary>The value of a Roman numeral of two letters or more, V, X, L and I alone excepted; or 0.</summary>
    public byte Roman;

    /// <summary>The sign, when it is punctuation of one character.</summary>
    public char Sign;

    /// <summary>The number in the vocabulary of its text in lower case.</summary>
    public int Surface;

    /// <summary>The number in the vocabulary of its stem.</summary>
    public int Stem;

    /// <summary>What the tables say about it.</summary>
    public Word? Word;

    public readonly Keyword Keyword => Word?.Keyword ?? Keyword.None;

    public readonly bool IsWordLike => Kind is TokenKind.Word or TokenKind.Number or TokenKind.Code;

    public readonly bool IsStop => Has(WordFlags.Stop);

    public readonly bool Has(WordFlags flags) => Word is not null && Word.Has(flags);
}
