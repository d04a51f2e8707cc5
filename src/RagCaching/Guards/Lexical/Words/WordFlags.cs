namespace RagCaching.Guards.Lexical.Words;

/// <summary>What is known about a word, whatever stands around it.</summary>
[Flags]
internal enum WordFlags
{
    None = 0,

    /// <summary>Carries no content.</summary>
    Stop = 1 << 0,

    /// <summary>Has no place in the order of words.</summary>
    Unordered = 1 << 1,

    QuestionAuxiliary = 1 << 2,
    BeForm = 1 << 3,
    Marker = 1 << 4,
    Coordinator = 1 << 5,
    Symmetric = 1 << 6,
    Floating = 1 << 7,
    Participle = 1 << 8,
    Negator = 1 << 9,

    /// <summary>Restricts or nearly negates: "except", "hardly".</summary>
    Lone = 1 << 10,

    /// <summary>Negative in itself, by its stem.</summary>
    NegativeStem = 1 << 11,

    /// <summary>Negative in itself, as it stands.</summary>
    NegativeWord = 1 << 12,

    /// <summary>Near a "no", takes back what was said.</summary>
    Repair = 1 << 13,

    /// <summary>After a "no", shows that it takes back what was said.</summary>
    AfterRepair = 1 << 14,

    WeakName = 1 << 15,
    Currency = 1 << 16,
    Masculine = 1 << 17,
    Feminine = 1 << 18,

    /// <summary>Counts in the sequence of gendered pronouns.</summary>
    GenderedPronoun = 1 << 19,

    QuestionWord = 1 << 20,

    /// <summary>A month that is also another word: only a capital inside a sentence makes it one.</summary>
    AmbiguousMonth = 1 << 21,

    /// <summary>A determiner that may stand between "in" and a name.</summary>
    Article = 1 << 22,

    /// <summary>Always a name: an application said so.</summary>
    Protected = 1 << 23,

    /// <summary>Its opposites cost more right matches than they stop wrong ones.</summary>
    NoOpposite = 1 << 24,

    /// <summary>A question word that stands where the answer would stand.</summary>
    InPlace = 1 << 25,

    /// <summary>A unit of time.</summary>
    Time = 1 << 26,
}
