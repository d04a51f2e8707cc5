using System.Runtime.InteropServices;
using RagCaching.Quality.Encoding;

namespace RagCaching.Quality.Data;

/// <summary>Reads a folder with questions.jsonl.gz, and pairs.jsonl.gz or labels, and vectors of half precision beside them where no encoder makes them.</summary>
internal static class EvaluationFolder
{
    private const string VectorEnding = ".f16.bin";
    private const string QuestionFile = "questions.jsonl.gz";
    private const string PairFile = "pairs.jsonl.gz";
    private const string OutOfScope = "oos";

    /// <summary>Reads questions by the answers they want: by their labels, or as connected by pairs that are right.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="encoder">Encodes the texts, whether or not there are vectors; <see langword="null"/> to read vectors.</param>
    /// <param name="vectors">The name of the vectors to read, without its ending; <see langword="null"/> for the first by name.</param>
    public static QuestionSet ReadQuestions(string folder, ITextEncoder? encoder = null, string? vectors = null)
    {
        var lines = JsonLines.Read(Path.Combine(folder, QuestionFile)).ToArray();
        string[] texts = [.. lines.Select(line => line.Text("text"))];
        var hasNoAnswer = new bool[texts.Length];
        int[] answers;
        if (lines.Length > 0 && lines[0].Has("label"))
        {
            var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
            string[] labels = [.. lines.Select(line => line.Text("label"))];
            answers = [.. labels.Select((label, row) => Number(numbers, label == OutOfScope ? $"{label}/{row}" : label))];
            hasNoAnswer = [.. labels.Select(label => label == OutOfScope)];
        }
        else
        {
            answers = Connect(texts.Length, JsonLines.Read(Path.Combine(folder, PairFile)));
        }

        var encoded = encoder is null ? ReadVectors(folder, vectors, texts.Length) : EncodeQuestions(folder, texts, encoder);
        return new QuestionSet(Path.GetFileName(folder), texts, encoded, answers, hasNoAnswer);
    }

    /// <summary>Reads the texts of questions, and nothing else.</summary>
    public static string[] ReadTexts(string folder) => [.. JsonLines.Read(Path.Combine(folder, QuestionFile)).Select(line => line.Text("text"))];

    /// <summary>Reads labelled pairs.</summary>
    /// <inheritdoc cref="ReadQuestions" path="/param"/>
    public static IReadOnlyList<LabelledPair> ReadPairs(string folder, ITextEncoder? encoder = null, string? vectors = null)
    {
        var texts = ReadTexts(folder);
        var encoded = encoder is null ? ReadVectors(folder, vectors, texts.Length) : encoder.Encode(texts);
        return [.. JsonLines.Read(Path.Combine(folder, PairFile)).Select(line =>
        {
            var (a, b) = (line.Row("a", texts.Length), line.Row("b", texts.Length));
            var kind = line.Has("test") ? line.Text("test") : "";
            return new LabelledPair(texts[a], texts[b], line.IsRight("label"), PairSimilarities.Cosine(encoded[a], encoded[b]), kind);
        })];
    }

    public static bool HasPairs(string folder) => File.Exists(Path.Combine(folder, PairFile));

    // A cache cannot look up a question by a vector without a direction.
    private static float[][] EncodeQuestions(string folder, string[] texts, ITextEncoder encoder)
    {
        var vectors = encoder.Encode(texts);
        var unknown = Array.FindIndex(vectors, vector => !vector.AsSpan().ContainsAnyExcept(0f));
        return unknown < 0 ? vectors : throw new QualityException($"{Path.Combine(folder, QuestionFile)}, line {unknown + 1}: the encoder knows nothing of this question, so it has no vector.");
    }

    private static float[][] ReadVectors(string folder, string? name, int count)
    {
        var files = Directory.EnumerateFiles(folder, "*" + VectorEnding).Order(StringComparer.Ordinal);
        var path = files.FirstOrDefault(file => name is null || Path.GetFileName(file) == name + VectorEnding)
            ?? throw new QualityException($"There are no vectors in {folder}: a file {name ?? "*"}{VectorEnding} or the option --encoder is needed.");
        var components = MemoryMarshal.Cast<byte, Half>(File.ReadAllBytes(path));
        if (count == 0 || components.Length % count != 0)
        {
            throw new QualityException($"{path} has {components.Length} components, which is no multiple of the {count} questions.");
        }

        var dimensions = components.Length / count;
        var vectors = new float[count][];
        for (var row = 0; row < count; row++)
        {
            vectors[row] = new float[dimensions];
            for (var i = 0; i < dimensions; i++)
            {
                vectors[row][i] = (float)components[(row * dimensions) + i];
            }
        }

        return vectors;
    }

    private static int[] Connect(int count, IEnumerable<JsonLine> pairs)
    {
        int[] parents = [.. Enumerable.Range(0, count)];
        foreach (var pair in pairs.Where(pair => pair.IsRight("label")))
        {
            parents[Root(pair.Row("a", count))] = Root(pair.Row("b", count));
        }

        var numbers = new Dictionary<int, int>();
        return [.. Enumerable.Range(0, count).Select(row => Number(numbers, Root(row)))];

        int Root(int node)
        {
            while (parents[node] != node)
            {
                node = parents[node] = parents[parents[node]];
            }

            return node;
        }
    }

    private static int Number<T>(Dictionary<T, int> numbers, T key)
        where T : notnull
    {
        if (!numbers.TryGetValue(key, out var number))
        {
            numbers[key] = number = numbers.Count;
        }

        return number;
    }
}
