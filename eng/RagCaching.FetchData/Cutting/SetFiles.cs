using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RagCaching.FetchData.Cutting;

/// <summary>Writes and reads the files that the tools and tests read: JSON Lines, compressed.</summary>
internal static class SetFiles
{
    public const string Questions = "questions.jsonl.gz";
    public const string Pairs = "pairs.jsonl.gz";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task<int> WriteQuestionsAsync(string folder, IEnumerable<Question> questions) => WriteAsync(Path.Combine(folder, Questions), questions, static (json, question, row) =>
    {
        json.WriteNumber("i", row);
        json.WriteString("text", question.Text);
        if (question.Label is not null)
        {
            json.WriteString("label", question.Label);
            json.WriteString("upstream_split", question.Split);
        }
    });

    /// <summary>Writes pairs, and the questions that they name, in the order in which they name them.</summary>
    public static async Task<int> WritePairsAsync(string folder, IReadOnlyCollection<Pair> pairs)
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in pairs.SelectMany(pair => new[] { pair.A, pair.B }))
        {
            rows.TryAdd(text, rows.Count);
        }

        await WriteAsync(Path.Combine(folder, Pairs), pairs, (json, pair, _) =>
        {
            json.WriteString("id", pair.Id);
            json.WriteNumber("a", rows[pair.A]);
            json.WriteNumber("b", rows[pair.B]);
            json.WriteNumber("label", pair.IsRight ? 1 : 0);
        }).ConfigureAwait(false);
        return await WriteQuestionsAsync(folder, rows.OrderBy(row => row.Value).Select(row => new Question(row.Key))).ConfigureAwait(false);
    }

    public static IEnumerable<Question> ReadQuestions(string folder)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, Questions)), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            var row = JsonElement.Parse(line);
            yield return new Question(row.GetProperty("text").GetString()!, row.TryGetProperty("label", out var label) ? label.GetString() : null);
        }
    }

    private static async Task<int> WriteAsync<T>(string path, IEnumerable<T> rows, Action<Utf8JsonWriter, T, int> write)
    {
        var count = 0;
        await WholeFile.WriteAsync(path, async target =>
        {
            var file = new GZipStream(target, CompressionLevel.SmallestSize, leaveOpen: true);
            await using (file.ConfigureAwait(false))
            {
                count = WriteLines(file, rows, write);
            }
        }).ConfigureAwait(false);
        return count;
    }

    private static int WriteLines<T>(Stream file, IEnumerable<T> rows, Action<Utf8JsonWriter, T, int> write)
    {
        using var json = new Utf8JsonWriter(file, Options);
        var count = 0;
        foreach (var row in rows)
        {
            json.WriteStartObject();
            write(json, row, count++);
            json.WriteEndObject();
            json.Flush();
            file.WriteByte((byte)'\n');
            json.Reset();
        }

        return count;
    }
}
