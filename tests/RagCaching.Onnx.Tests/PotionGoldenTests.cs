using System.Text.Json;
using RagCaching.Onnx.Tokenization;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Onnx.Tests;

/// <summary>
/// A model that pools by itself, against another implementation of it: in the folder "models" beside the one that RAGCACHING_DATA names, or beside the data in a folder "shared" beside the repository.
/// </summary>
public sealed class PotionGoldenTests
{
    // The embeddings of the golden file are rounded to six digits, and sums differ in the last bits between instruction sets.
    private const float Tolerance = 1e-5f;

    [Fact]
    public void Encode_GoldenTexts_GivesTheIdsOfTheOtherImplementation()
    {
        var folder = Find();
        using var stream = File.OpenRead(Path.Combine(folder, "vocab.txt"));
        var tokenizer = new WordPieceTokenizer(Vocabulary.Read(stream, "vocab.txt", SpecialTokens.Bert), TextRules.Uncased);
        var ids = new int[512];

        // That one adds no tokens at the ends.
        Assert.All(Read(folder), golden => Assert.Equal(golden.Ids, ids[1..(tokenizer.Encode("", golden.Text, ids).Length - 1)]));
    }

    [Fact]
    public async Task Generate_GoldenTexts_GivesTheVectorsOfTheOtherImplementation()
    {
        var folder = Find();
        var golden = Read(folder);
        using var generator = OnnxEmbeddingGenerator.Open(folder);

        var vectors = await generator.GenerateAsync(golden.Select(line => line.Text), cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(golden.Zip(vectors), pair => Assert.All(pair.First.Embedding.Zip(pair.Second.Vector.ToArray()), component => Assert.Equal(component.First, component.Second, Tolerance)));
        Assert.All(vectors, vector => Assert.Equal(golden[0].Embedding.Length, vector.Vector.Length));
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
