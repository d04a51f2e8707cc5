using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Finds units and currencies beside a number: words, signs, symbols, and rates such as "km/h".</summary>
internal sealed class UnitReader(Vocabulary vocabulary)
{
    private const int RateShift = 16;

    /// <summary>Gets the unit without what it is counted per.</summary>
    public static int BaseOf(int unit) => unit & ((1 << RateShift) - 1);

    /// <summary>Gets the unit that another is counted per, or 0.</summary>
    public static int PerOf(int unit) => unit >> RateShift;

    /// <summary>Gets the unit that begins at a token, or 0. That of a rate holds both its units.</summary>
    public int At(ReadOnlySpan<Token> tokens, int index)
    {
        if (index < tokens.Length && tokens[index].Sign == '-')
        {
            index++;
        }

        if (index >= tokens.Length)
        {
            return 0;
        }

        if (index + 1 < tokens.Length && tokens[index].Sign == '\u00B0' && tokens[index + 1].Keyword == Keyword.CelsiusOrFahrenheit)
        {
            return Scale(tokens[index + 1]);
        }

        var unit = UnitOf(tokens[index]);
        if (unit > 0 && index + 1 < tokens.Length && unit == UnitOf("degree") && Scale(tokens[index + 1]) is var scale and > 0)
        {
            return scale;
        }

        return unit == 0 ? 0
            : vocabulary.Tables.RateOf(unit) is var rate and > 0 ? Rate(rate / WordTables.MostUnits, rate % WordTables.MostUnits)
            : index + 2 < tokens.Length && IsPer(tokens, index) && UnitOf(tokens[index + 2]) is var per and > 0 ? Rate(unit, per)
            : unit;
    }

    /// <summary>Gets the currency that a sign, a word or a code in capitals names, or 0.</summary>
    public int CurrencyOf(in Token token)
    {
        if (token.Word is { Unit: > 0 } word && word.Has(WordFlags.Currency))
        {
            return word.Unit;
        }

        return token.Kind == TokenKind.Word && token.Capitals == Capitals.All ? vocabulary.Tables.CurrencyOf(vocabulary.TextOf(token.Surface)) : 0;
    }

    /// <summary>"20 degrees Celsius", "20 degrees F".</summary>
    private int Scale(in Token token) => token.Keyword == Keyword.CelsiusOrFahrenheit
        ? UnitOf(vocabulary.TextOf(token.Surface) is "c" ? "celsius" : "fahrenheit")
        : token.Word is { Unit: > 0 } word && (word.Unit == UnitOf("celsius") || word.Unit == UnitOf("fahrenheit")) ? word.Unit : 0;

    private static int Rate(int unit, int per) => unit | (per << RateShift);

    private static bool IsPer(ReadOnlySpan<Token> tokens, int index) =>
        tokens[index + 1].Keyword == Keyword.Per || (tokens[index + 1].Has(WordFlags.Article) && tokens[index + 2].Word is { Unit: > 0 }) || (tokens[index + 1].Sign == '/' && tokens[index].End == tokens[index + 1].Start);

    private int UnitOf(in Token token)
    {
        if (token.Word is { Unit: > 0 } word)
        {
            return word.Unit;
        }

        // "5 A": no article is a capital behind a number.
        return token.Capitals == Capitals.Initial && token.Kind == TokenKind.Word && vocabulary.TextOf(token.Surface) is "a" ? UnitOf("ampere") : CurrencyOf(token);
    }

    private int UnitOf(string name) => vocabulary.Tables.Find(name)!.Unit;
}
