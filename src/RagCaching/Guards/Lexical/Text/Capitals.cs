namespace RagCaching.Guards.Lexical.Text;

/// <summary>How a word is capitalised.</summary>
internal enum Capitals : byte
{
    None,

    /// <summary>The first letter, or the first of each hyphenated part.</summary>
    Initial,

    /// <summary>All of two letters or more, also with a plural s.</summary>
    All,

    /// <summary>An inner capital, or letters mixed with digits.</summary>
    Mixed,
}
