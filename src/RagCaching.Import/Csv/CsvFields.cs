using CsvHelper;

namespace RagCaching.Import.Csv;

/// <summary>Reads the fields of a row.</summary>
internal static class CsvFields
{
    private const int MostColumns = 16_384;

    /// <summary>Tells whether a line has nothing in it.</summary>
    public static bool IsBlank(CsvParser parser) => parser.Count <= 1 && parser.RawRecord.AsSpan().Trim("\r\n").IsEmpty;

    /// <summary>Reads the fields up to the first bad one; those after it are empty.</summary>
    /// <param name="parser">Has read a row.</param>
    /// <param name="isBad">Tells whether the field that was read last is bad: for each of those the parser copies the whole row.</param>
    /// <exception cref="InvalidDataException">There are more than anybody means.</exception>
    public static string[] Read(CsvParser parser, Func<bool> isBad)
    {
        if (parser.Count > MostColumns)
        {
            throw new InvalidDataException($"line {parser.RawRow}, header: It has {parser.Count} fields, and at most {MostColumns} are read.");
        }

        var fields = new string[parser.Count];
        Array.Fill(fields, "");
        for (var i = 0; i < fields.Length && !isBad(); i++)
        {
            fields[i] = parser[i];
        }

        return fields;
    }
}
