using System.Text.Json;
using RagCaching.Quality.Encoding;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Quality.Tests.Encoding;

/// <summary>A real encoder against another implementation of it: in the folder "models" beside the one that RAGCACHING_DATA names, or beside the data in a folder "shared" beside the repository.</summary>
public sealed class OnnxEncoderGoldenTests
{
    // The embeddings of the golden file are rounded to six digits, and sums differ in the last bits between instruction sets.
    private const float Tolerance = 1e-5f;

    [Fact]
    public void ToIds_GoldenTexts_AreThoseOfTheOtherImplementation()
    {
        var folder = Find();
        var tokenizer = WordPieceTokenizer.Open(Path.Combine(folder, "vocab.txt"));

        Assert.All(Read(folder), golden => Assert.Equal(golden.Ids, tokenizer.ToIds(golden.Text)));
    }

    [Fact]
    public void Encode_GoldenTexts_AreThoseOfTheOtherImplementation()
    {
        var folder = Find();
        var golden = Read(folder);
        using var encoder = OnnxEncoder.Open(folder);

        var vectors = encoder.Encode([.. golden.Select(line => line.Text)]);

        Assert.Equal(golden.Count, vectors.Length);
        Assert.All(golden.Zip(vectors), pair =>
        {
            Assert.Equal(pair.First.Embedding.Length, pair.Second.Length);
            Assert.All(pair.First.Embedding.Zip(pair.Second), component => Assert.Equal(component.First, component.Second, Tolerance));
        });
    }

    private static List<(string Text, int[] Ids, float[] Embedding)> Read(string folder)
    {
        List<(string Text, int[] Ids, float[] Embedding)> lines =
        [
            .. File.ReadLines(Path.Combine(folder, "golden.jsonl")).Select(line => JsonElement.Parse(line)).Select(line => (
                line.GetProperty("text").GetString()!,
                line.GetProperty("input_ids").EnumerateArray().Select(id => id.GetInt32()).ToArray(),
                line.GetProperty("embedding").EnumerateArray().Select(component => component.GetSingle()).ToArray())),
        ];
        Assert.NotEmpty(lines);
        return lines;
    }

    private static string Find()
    {
        var data = Path.TrimEndingDirectorySeparator(Path.GetFullPath(EvaluationFolder.FindOrSkip()));
        return Path.Combine(Path.GetDirectoryName(data)!, "models", "potion-base-2M-int8");
    }
}
