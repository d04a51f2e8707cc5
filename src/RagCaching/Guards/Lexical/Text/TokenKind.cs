namespace RagCaching.Guards.Lexical.Text;

internal enum TokenKind : byte
{
    Word,
    Number,

    /// <summary>An address, code between backticks, or a name with signs such as "C++" and ".NET".</summary>
    Code,

    /// <summary>A sign that is a unit: a currency, or per cent.</summary>
    UnitSign,

    Punctuation,
}
