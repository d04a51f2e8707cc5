namespace RagCaching.Guards.Lexical.Words;

/// <summary>What the tables say about one word.</summary>
internal sealed class Word
{
    public const int None = -1;

    public WordFlags Flags { get; set; }

    public Keyword Keyword { get; set; }

    /// <summary>The stem; <see langword="null"/> until the tables are complete.</summary>
    public string? Stem { get; set; }

    /// <summary>The value of a number word, or <see cref="None"/>. "one" is never a number.</summary>
    public int Number { get; set; } = None;

    /// <summary>What the number before it is multiplied by, or 0.</summary>
    public long Multiplier { get; set; }

    /// <summary>The place of "first", "third" and so on, or 0. "second" is not one: it is mostly a unit.</summary>
    public int Ordinal { get; set; }

    public int Month { get; set; }

    public int Day { get; set; }

    /// <summary>The unit, from 1; 0 for none.</summary>
    public int Unit { get; set; }

    /// <summary>A bit for the relative that the word names.</summary>
    public ulong Relatives { get; set; }

    /// <summary>A bit for each group of words that name the same.</summary>
    public ulong Synonyms { get; set; }

    public bool Has(WordFlags flags) => (Flags & flags) != 0;
}
