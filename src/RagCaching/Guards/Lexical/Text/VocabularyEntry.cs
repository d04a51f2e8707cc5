using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Text;

/// <summary>A word of one or both questions.</summary>
internal struct VocabularyEntry
{
    public const int Unknown = -1;

    public int Start;
    public int Length;
    public int Hash;

    /// <summary>The number of its stem, or <see cref="Unknown"/> when it was not looked up.</summary>
    public int Stem;

    public Word? Word;

    /// <summary>What is known about it as a stem or an opposite, once somebody asked.</summary>
    public StemFacts? Facts;

    public bool KnowsFacts;

    /// <summary>One more than the number of the word that it spells with two letters for one, such as "köln" for "koeln"; or 0.</summary>
    public int Spelling;

    /// <summary>How often each question has it as a token.</summary>
    public Sides Surfaces;

    /// <summary>How often each question has it as the stem of a token.</summary>
    public Sides Stems;

    /// <summary>How often each question has it as the stem of a content word.</summary>
    public Sides Content;

    /// <summary>How often each question has it as the normal form of a number.</summary>
    public Sides Numbers;

    /// <summary>How often each question has it as the digits inside of a word, such as "i3".</summary>
    public Sides Digits;
}
