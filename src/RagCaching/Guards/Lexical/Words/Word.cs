namespace RagCaching.Guards.Lexical.Words;

/// <summary>What the tables say about one word.</summary>
internal sealed class Word
{
    public const int None = -1;

    /// <summary>An ending that is written like a word of its own.</summary>
    public static Word Ending { get; } = new() { Flags = WordFlags.Stop | WordFlags.Unordered };

    /// <summary>A verb with an ending that negates it.</summary>
    public static Word NegatedVerb { get; } = new() { Flags = WordFlags.Negator };

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

    /// <summary>A bit for each language that has the word; the first is English.</summary>
    public uint Languages { get; set; }

    /// <summary>The value of a number that says how many times, such as "double"; or 0. In hundredths.</summary>
    public int Times { get; set; }

    /// <summary>The hour of "noon" and the like, from 1; or 0.</summary>
    public int Hour { get; set; }

    /// <summary>The thing that this and other words name, such as a country and its people; 0 for none.</summary>
    public int Kin { get; set; }

    /// <summary>A bit for the relative that the word names.</summary>
    public ulong Relatives { get; set; }

    /// <summary>A bit for each group of words that name the same.</summary>
    public ulong Synonyms { get; set; }

    /// <summary>The words that, after this one, name something else than it does, and what they name; <see langword="null"/> for none.</summary>
    public (string Next, Word Named)[]? Phrases { get; set; }

    public Word Copy() => (Word)MemberwiseClone();

    public bool Has(WordFlags flags) => (Flags & flags) != 0;
}
