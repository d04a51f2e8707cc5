namespace RagCaching.Guards.Lexical.Text.Scanning;

/// <summary>The scripts that are told apart: a word ends where its script does.</summary>
internal enum Script : byte
{
    None,
    Latin,
    Greek,
    Cyrillic,

    /// <summary>The last of those that mix letters and digits in a word.</summary>
    LastMixed = Cyrillic,

    Hebrew,
    Arabic,
    Devanagari,
    Bengali,
    Hangul,
    Other,

    /// <summary>The first of those that are written without blanks.</summary>
    FirstUnspaced,
    Thai = FirstUnspaced,
    SouthEastAsian,
    Hiragana,
    Katakana,
    Han,
}
