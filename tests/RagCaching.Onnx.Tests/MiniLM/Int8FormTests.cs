using System.Numerics.Tensors;
using Google.Protobuf;
using Onnx;
using RagCaching.ModelInt8;
using RagCaching.Onnx.Tests.TestDoubles;

namespace RagCaching.Onnx.Tests.MiniLM;

/// <summary>The int8 form that docs/local-encoder.md makes of the model.</summary>
public sealed class Int8FormTests(MiniLMFixture model) : IClassFixture<MiniLMFixture>
{
    private const int MostBytes = 25_000_000;
    private const float LeastCosine = 0.97f;

    private static readonly string[] Texts =
    [
        "How do I reset my password?", "I forgot my password, how can I set a new one?", "What is the capital of Portugal?", "Can I pay by bank transfer?", "Wie ist das Wetter?",
        "Which documents does a tourist from Brazil need for a stay of 30 days in Japan, and where does one ask for them?",
    ];

    [Fact]
    public async Task Apply_MiniLM_IsAQuarterAndAnotherModelNearTheFirst()
    {
        using var folder = new ModelFolder();
        var form = Read(Path.Combine(MiniLMModel.Folder, "model.onnx"));
        Assert.Equal((36, 1), Int8Form.Apply(form));
        await File.WriteAllBytesAsync(folder.ModelPath, form.ToByteArray(), TestContext.Current.CancellationToken);
        File.Copy(Path.Combine(MiniLMModel.Folder, "vocab.txt"), folder.VocabularyPath);
        Assert.InRange(new FileInfo(folder.ModelPath).Length, 1, MostBytes);

        using var generator = OnnxEmbeddingGenerator.Open(folder.Path);
        var vectors = await generator.GenerateAsync(Texts, cancellationToken: TestContext.Current.CancellationToken);

        var others = await model.Generator.GenerateAsync(Texts, cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEqual(model.Generator.Metadata.DefaultModelId, generator.Metadata.DefaultModelId);
        Assert.All(vectors.Zip(others), pair => Assert.InRange(TensorPrimitives.CosineSimilarity(pair.First.Vector.Span, pair.Second.Vector.Span), LeastCosine, 0.99999f));
    }

    [Fact]
    public void Apply_ModelWithoutMatrices_IsLeftAsItIs()
    {
        var small = ModelProto.Parser.ParseFrom(TinyModel.Tokens(TinyModel.Ids(ModelFolder.Words), ModelFolder.Words));

        Assert.Equal((0, 0), Int8Form.Apply(small));

        Assert.Equal("Gather", Assert.Single(small.Graph.Node).OpType);
        Assert.Single(small.Graph.Initializer);
    }

    [Fact]
    public void Apply_WeightsInAnotherFile_AreRefusedByName()
    {
        var words = Int8Form.LeastRows;
        var outside = ModelProto.Parser.ParseFrom(TinyModel.Tokens(TinyModel.Ids(words), words));
        outside.Graph.Initializer[0].RawData = ByteString.Empty;

        var exception = Assert.Throws<InvalidDataException>(() => Int8Form.Apply(outside));

        Assert.Contains($"table has 0 numbers, but its shape is {words} x 2", exception.Message, StringComparison.Ordinal);
    }

    private static ModelProto Read(string path)
    {
        using var file = File.OpenRead(path);
        return ModelProto.Parser.ParseFrom(file);
    }
}
