namespace RagCaching.Onnx.Tokenization;

/// <summary>What a character of ASCII does to a word.</summary>
internal enum AsciiKind : byte
{
    /// <summary>It belongs to the word as it is.</summary>
    Letter,

    /// <summary>It belongs to the word when it is lowered.</summary>
    Upper,

    /// <summary>It is a word by itself.</summary>
    Punctuation,

    /// <summary>It ends the word.</summary>
    Blank,

    /// <summary>It vanishes.</summary>
    Dropped,

    /// <summary>It may begin a special token, and is punctuation otherwise.</summary>
    MayBeSpecial,
}
