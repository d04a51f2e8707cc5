using System.Globalization;
using System.Text.Json;
using CsvHelper;

namespace RagCaching.FetchData.Cutting;

/// <summary>Reads the public files of the sets that <c>convert</c> knows.</summary>
internal static class SetReaders
{
    private static readonly string[] DisfluentParts = ["train", "dev", "test"];

    /// <summary>Reads a set.</summary>
    /// <param name="set">Its name.</param>
    /// <param name="folder">The folder of its public files.</param>
    /// <returns>Its questions, or its pairs; neither for a set that is made by hand.</returns>
    public static (IReadOnlyCollection<Question>? Questions, IReadOnlyCollection<Pair>? Pairs) Read(string set, string folder) => set switch
    {
        "banking77" => ([.. Banking(folder, "train"), .. Banking(folder, "test")], null),
        "clinc150" => ([.. Clinc(Path.Combine(folder, "data_full.json"))], null),
        "disfl-qa" => (null, [.. DisfluentParts.SelectMany(part => Disfluent(Path.Combine(folder, part + ".json")))]),
        _ => (null, null),
    };

    private static IEnumerable<Question> Banking(string folder, string part)
    {
        using var reader = new StreamReader(Path.Combine(folder, part + ".csv"));
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            yield return new Question(csv.GetField("text")!, csv.GetField("category"), part);
        }
    }

    // {"train": [["text", "intent"], ...], "oos_val": [...]}, in the order of the file.
    private static IEnumerable<Question> Clinc(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var part in document.RootElement.EnumerateObject())
        {
            foreach (var row in part.Value.EnumerateArray())
            {
                yield return new Question(row[0].GetString()!, row[1].GetString(), part.Name);
            }
        }
    }

    // {"id": {"original": "...", "disfluent": "..."}}
    private static IEnumerable<Pair> Disfluent(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var row in document.RootElement.EnumerateObject())
        {
            if (row.Value.GetProperty("original").GetString() is { Length: > 0 } original && row.Value.GetProperty("disfluent").GetString() is { Length: > 0 } disfluent)
            {
                yield return new Pair("disfl-" + row.Name, original, disfluent, IsRight: true);
            }
        }
    }
}
