using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Guards.Lexical;

/// <summary>Labelled pairs of the evaluation data.</summary>
internal static class EvaluationData
{
    private const int Dimensions = 64;

    public static IReadOnlyList<EvaluationPair> Read(string dataset)
    {
        var path = PathOf(dataset);
        var questions = Lines(Path.Combine(path, "questions.jsonl.gz")).Select(line => line.GetProperty("text").GetString()!).ToArray();
        var vectors = MemoryMarshal.Cast<byte, Half>(File.ReadAllBytes(Path.Combine(path, "potion-base-2M.f16.bin"))).ToArray();
        return [.. Lines(Path.Combine(path, "pairs.jsonl.gz")).Select(line => ReadPair(line, questions, vectors))];
    }

    /// <summary>Reads the turns of conversations, in the order in which they were spoken.</summary>
    public static IReadOnlyList<(string Conversation, string Raw)> ReadTurns(string dataset) =>
    [
        .. Lines(Path.Combine(PathOf(dataset), "turns.jsonl.gz"))
            .Select(line => ($"{line.GetProperty("year").GetInt32()}/{line.GetProperty("topic").GetString()}", line.GetProperty("raw").GetString()!)),
    ];

    /// <summary>Reads the vectors of all texts of a dataset.</summary>
    public static IReadOnlyDictionary<string, float[]> ReadVectors(string dataset)
    {
        var path = PathOf(dataset);
        var vectors = MemoryMarshal.Cast<byte, Half>(File.ReadAllBytes(Path.Combine(path, "potion-base-2M.f16.bin"))).ToArray();
        return Lines(Path.Combine(path, "questions.jsonl.gz")).Select((line, row) => (Text: line.GetProperty("text").GetString()!, Row: row))
            .ToDictionary(question => question.Text, question => Array.ConvertAll(vectors[(question.Row * Dimensions)..((question.Row + 1) * Dimensions)], value => (float)value));
    }

    private static string PathOf(string dataset) => Path.Combine(EvaluationFolder.FindOrSkip(), dataset);

    private static EvaluationPair ReadPair(JsonElement line, string[] questions, Half[] vectors)
    {
        var a = line.GetProperty("a").GetInt32();
        var b = line.GetProperty("b").GetInt32();
        var similarity = 0f;
        for (var i = 0; i < Dimensions; i++)
        {
            similarity += (float)vectors[(a * Dimensions) + i] * (float)vectors[(b * Dimensions) + i];
        }

        var test = line.TryGetProperty("test", out var name) ? name.GetString()! : "";
        return new EvaluationPair(questions[a], questions[b], line.GetProperty("label").GetInt32() == 1, similarity, test);
    }

    private static IEnumerable<JsonElement> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return JsonElement.Parse(line);
        }
    }
}
