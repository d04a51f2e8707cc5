using System.IO.Compression;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Onnx.Tests.MiniLM;

/// <summary>The real model: vectors that another implementation made, and what a question costs.</summary>
public sealed class MiniLMModelTests(MiniLMFixture model) : IClassFixture<MiniLMFixture>
{
    // Rows of each set by default; RAGCACHING_ALL_ROWS=1 takes all of them, which takes minutes.
    private const int Sampled = 300;
    private const double LeastCosine = 0.9999;
    private const int MostBytesBesidesTheVector = 2_048;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("banking77")]
    [InlineData("clinc150")]
    [InlineData("covid-q")]
    [InlineData("medical-question-pairs")]
    public async Task Generate_RowsOfASet_AreThoseOfTheOtherImplementation(string set)
    {
        var folder = Path.Combine(EvaluationFolder.FindOrSkip(), set);
        var texts = ReadTexts(Path.Combine(folder, "questions.jsonl.gz"));
        var expected = MemoryMarshal.Cast<byte, Half>(await File.ReadAllBytesAsync(Path.Combine(folder, "minilm-l6-v2.f16.bin"), Token)).ToArray();
        Assert.Equal(texts.Length * MiniLMModel.Dimensions, expected.Length);
        int[] rows = [.. Enumerable.Range(0, texts.Length)];
        if (Environment.GetEnvironmentVariable("RAGCACHING_ALL_ROWS") != "1")
        {
            new Random(5).Shuffle(rows);
            rows = rows[..Math.Min(Sampled, rows.Length)];
        }

        var vectors = await model.Generator.GenerateAsync(rows.Select(row => texts[row]), cancellationToken: Token);

        var row = new float[MiniLMModel.Dimensions];
        Assert.All(rows.Zip(vectors), pair =>
        {
            TensorPrimitives.ConvertToSingle(expected.AsSpan(pair.First * row.Length, row.Length), row);
            Assert.InRange(TensorPrimitives.CosineSimilarity<float>(row, pair.Second.Vector.Span), LeastCosine, 1.0001);
        });
    }

    [Fact]
    public async Task Generate_SingleQuestion_AllocatesLittleBesidesTheVector()
    {
        string[] question = ["How can I change the address that my card is sent to?"];
        long allocated = 0;
        for (var i = 0; i < 20; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            await model.Generator.GenerateAsync(question, cancellationToken: Token);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // The call ran on this thread, or the vector would be missing.
        Assert.InRange(allocated, MiniLMModel.Dimensions * sizeof(float), (MiniLMModel.Dimensions * sizeof(float)) + MostBytesBesidesTheVector);
    }

    [Fact]
    public async Task Generate_RewordedQuestion_IsNearerThanAnotherOne()
    {
        var vectors = await model.Generator.GenerateAsync(
            ["How do I reset my password?", "I forgot my password, how can I set a new one?", "What is the capital of Portugal?"], cancellationToken: Token);

        var (reworded, other) = (Similarity(0, 1), Similarity(0, 2));

        Assert.InRange(reworded, 0.7f, 1);
        Assert.InRange(other, -1, 0.3f);

        float Similarity(int a, int b) => TensorPrimitives.CosineSimilarity(vectors[a].Vector.Span, vectors[b].Vector.Span);
    }

    [Fact]
    public async Task Generate_InBatchesAndAlone_GivesTheSameVectors()
    {
        string[] texts = [.. Enumerable.Range(1, 70).Select(i => string.Join(' ', Enumerable.Range(0, (i * 37 % 90) + 1).Select(word => $"word{word * i % 23}")))];

        var together = await model.Generator.GenerateAsync(texts, cancellationToken: Token);

        foreach (var (text, vector) in texts.Zip(together))
        {
            Assert.InRange(TensorPrimitives.CosineSimilarity((await model.Generator.GenerateVectorAsync(text, cancellationToken: Token)).Span, vector.Vector.Span), 0.99999f, 1.0001f);
        }
    }

    [Fact]
    public void Metadata_TellsTheModel()
    {
        Assert.Equal((MiniLMModel.ModelId, MiniLMModel.Dimensions), (model.Generator.Metadata.DefaultModelId, model.Generator.Metadata.DefaultModelDimensions));
        Assert.Equal(256, model.Generator.MaxTokens);
    }

    [Fact]
    public void Folder_HasTheLicenceOfTheWeights()
    {
        Assert.Contains("Apache License", File.ReadAllText(Path.Combine(MiniLMModel.Folder, "LICENSE.txt")), StringComparison.Ordinal);
        Assert.Contains("sentence-transformers/all-MiniLM-L6-v2", File.ReadAllText(Path.Combine(MiniLMModel.Folder, "NOTICE.txt")), StringComparison.Ordinal);
    }

    private static string[] ReadTexts(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var texts = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            texts.Add(JsonElement.Parse(line).GetProperty("text").GetString()!);
        }

        return [.. texts];
    }
}
