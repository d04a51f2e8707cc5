using System.Globalization;
using System.Text;

namespace RagCaching.Quality.Data;

/// <summary>Reads labelled pairs from CSV: <c>question,candidate,label[,similarity][,kind]</c>, in any order of columns, quoted as RFC 4180 says.</summary>
internal static class PairCsv
{
    /// <exception cref="QualityException">A column is missing or a value is wrong; the message names the line and the value.</exception>
    public static IReadOnlyList<LabelledPair> Read(string name, TextReader reader)
    {
        var (line, next) = (1, 1);
        var header = ReadRecord(name, reader, ref next) ?? throw new QualityException($"{name} is empty.");
        var columns = header.Select((column, index) => (column, index)).DistinctBy(pair => pair.column).ToDictionary(pair => pair.column.Trim().ToLowerInvariant(), pair => pair.index);
        foreach (var required in (string[])["question", "candidate", "label"])
        {
            if (!columns.ContainsKey(required))
            {
                throw new QualityException($"{name}, line 1: there is no column '{required}'; the columns are {string.Join(", ", columns.Keys)}.");
            }
        }

        var pairs = new List<LabelledPair>();
        while (true)
        {
            line = next;
            if (ReadRecord(name, reader, ref next) is not { } fields)
            {
                return Checked(name, pairs);
            }

            if (fields is [""])
            {
                continue;
            }

            if (fields.Count != header.Count)
            {
                throw new QualityException($"{name}, line {line}: {fields.Count} values where the header has {header.Count} columns.");
            }

            pairs.Add(new LabelledPair(
                fields[columns["question"]],
                fields[columns["candidate"]],
                Label(name, line, fields[columns["label"]]),
                columns.TryGetValue("similarity", out var similarity) ? Similarity(name, line, fields[similarity]) : float.NaN,
                columns.TryGetValue("kind", out var kind) ? fields[kind] : ""));
        }
    }

    private static List<LabelledPair> Checked(string name, List<LabelledPair> pairs)
    {
        var right = pairs.Count(pair => pair.IsRight);
        return right == 0 || right == pairs.Count
            ? throw new QualityException($"{name}: {right} of {pairs.Count} pairs are right; both kinds are needed.")
            : pairs;
    }

    private static bool Label(string name, int line, string text) => text.Trim() switch
    {
        "1" => true,
        "0" => false,
        _ => throw new QualityException($"{name}, line {line}: the label must be 1 (right) or 0 (wrong), but is '{text}'."),
    };

    private static float Similarity(string name, int line, string text) =>
        text.Length == 0 ? float.NaN
        : float.TryParse(text, CultureInfo.InvariantCulture, out var value) && value is >= -1 and <= 1 ? value
        : throw new QualityException($"{name}, line {line}: the similarity must be in [-1, 1], but is '{text}'.");

    private static List<string>? ReadRecord(string name, TextReader reader, ref int line)
    {
        if (reader.Peek() < 0)
        {
            return null;
        }

        var first = line;
        var fields = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        while (reader.Read() is var read && read >= 0)
        {
            var character = (char)read;
            line += character == '\n' ? 1 : 0;
            switch (character)
            {
                case '"' when isQuoted && reader.Peek() == '"':
                    field.Append((char)reader.Read());
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    fields.Add(field.ToString());
                    field.Clear();
                    break;
                case '\r' when !isQuoted:
                    break;
                case '\n' when !isQuoted:
                    fields.Add(field.ToString());
                    return fields;
                default:
                    field.Append(character);
                    break;
            }
        }

        if (isQuoted)
        {
            throw new QualityException($"{name}, line {first}: a quotation mark is not closed.");
        }

        fields.Add(field.ToString());
        return fields;
    }
}
