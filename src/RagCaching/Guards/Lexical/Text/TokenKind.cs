namespace RagCaching.Guards.Lexical.Text;

internal enum TokenKind : byte
{
    Word,
    Number,

    /// <summary>An address, code between backticks, or a name with signs such as "C++" and ".NET".</summary>
    Code,

    /// <summary>A sign that is a unit: a currency, or per cent.</summary>
    UnitSign,

    /// <summary>A sign that carries meaning: it has to be on both sides where the words are the same.</summary>
    Sign,

    /// <summary>A sign that carries no meaning, such as one that ends a sentence.</summary>
    Punctuation,
}
