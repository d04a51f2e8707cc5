using System.Globalization;
using System.Text;

namespace RagCaching.Onnx.Tokenization;

/// <summary>Canonical decomposition of single characters, without the non-spacing marks.</summary>
/// <remarks>
/// <c>string.Normalize</c> is not used: it leaves accents where globalization is invariant, as in many containers, and allocates. The table is Unicode's, taken from <c>string.Normalize</c> over
/// ICU; a test compares every character. Source of the arithmetic of Hangul: The Unicode Standard, 3.12. Thread-safe.
/// </remarks>
internal static class Decomposition
{
    /// <summary>The most characters that one decomposes into.</summary>
    public const int MostParts = 3;

    private const string Resource = "RagCaching.Onnx.Tokenization.Decompositions.txt";
    private const int FirstDecomposable = 0xC0;
    private const int HangulBase = 0xAC00, HangulCount = 11_172, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7, TailCount = 28, SyllablesOfALead = 588;

    private static readonly Dictionary<int, Rune[]> Table = Read();

    /// <summary>Writes what is left of a character without its accents.</summary>
    /// <param name="rune">The character.</param>
    /// <param name="parts">Receives at most <see cref="MostParts"/> characters.</param>
    /// <returns>How many there are; 0 for an accent that stands alone.</returns>
    public static int Strip(Rune rune, Span<Rune> parts)
    {
        if (rune.Value >= FirstDecomposable)
        {
            if ((uint)(rune.Value - HangulBase) < HangulCount)
            {
                return StripHangul(rune.Value - HangulBase, parts);
            }

            if (Table.TryGetValue(rune.Value, out var known))
            {
                known.CopyTo(parts);
                return known.Length;
            }

            if (BertCharacters.IsNonSpacingMark(rune))
            {
                return 0;
            }
        }

        parts[0] = rune;
        return 1;
    }

    private static int StripHangul(int syllable, Span<Rune> parts)
    {
        parts[0] = new Rune(LeadBase + (syllable / SyllablesOfALead));
        parts[1] = new Rune(VowelBase + (syllable % SyllablesOfALead / TailCount));
        var tail = syllable % TailCount;
        if (tail == 0)
        {
            return 2;
        }

        parts[2] = new Rune(TailBase + tail);
        return 3;
    }

    // A line is a character and what is left of it, as hexadecimal numbers with blanks between.
    private static Dictionary<int, Rune[]> Read()
    {
        using var reader = new StreamReader(typeof(Decomposition).Assembly.GetManifestResourceStream(Resource)!);
        var table = new Dictionary<int, Rune[]>(2_100);
        while (reader.ReadLine() is { } line)
        {
            var numbers = line.Split(' ');
            table.Add(Parse(numbers[0]), [.. numbers.Skip(1).Select(number => new Rune(Parse(number)))]);
        }

        return table;
    }

    private static int Parse(string number) => int.Parse(number, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
