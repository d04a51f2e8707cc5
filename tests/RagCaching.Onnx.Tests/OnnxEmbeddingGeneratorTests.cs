using Microsoft.Extensions.AI;
using RagCaching.Onnx.Tests.TestDoubles;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Onnx.Tests;

/// <summary>The path of a call, with models of one node: a token's vector is (1, id), so that a mean tells which tokens were read.</summary>
public sealed class OnnxEmbeddingGeneratorTests
{
    private static readonly OnnxEmbeddingOptions Raw = new() { Normalize = false };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Generate_Mean_CountsFirstAndLastTokenAndNoPadding(bool wantsTypes)
    {
        using var folder = ModelFolder.OfTokens(wantsTypes);
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path, Raw);

        var vectors = await generator.GenerateAsync(["red", "red green blue +"], cancellationToken: Token);

        // 2 and 3 are the first and the last token.
        Assert.Equal([1, (2 + 5 + 3) / 3f], vectors[0].Vector.ToArray());
        Assert.Equal([1, (2 + 5 + 6 + 7 + 9 + 3) / 6f], vectors[1].Vector.ToArray());
        Assert.Equal(9, vectors.Usage!.InputTokenCount);
        Assert.All(vectors, vector => Assert.Equal(generator.Metadata.DefaultModelId, vector.ModelId));
    }

    [Fact]
    public async Task Generate_FirstToken_TakesItsVector()
    {
        using var folder = ModelFolder.OfTokens();
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path, new OnnxEmbeddingOptions { Normalize = false, Pooling = OnnxPooling.FirstToken });

        var vector = await generator.GenerateVectorAsync("red", cancellationToken: Token);

        Assert.Equal([1, 2], vector.ToArray());
    }

    [Fact]
    public async Task Generate_ModelThatPools_IsTakenAtItsWord()
    {
        using var folder = new ModelFolder(TinyModel.Highest(TinyModel.Ids(ModelFolder.Words), ModelFolder.Words), ModelFolder.Vocabulary);
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path, Raw);

        var vector = await generator.GenerateVectorAsync("blue red", cancellationToken: Token);

        Assert.Equal([1, 7], vector.ToArray());
    }

    [Fact]
    public async Task Generate_ByDefault_ScalesToANormOfOne()
    {
        using var folder = ModelFolder.OfTokens();
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path);

        var vector = await generator.GenerateVectorAsync("red", cancellationToken: Token);

        Assert.Equal(1, MathF.Sqrt((vector.Span[0] * vector.Span[0]) + (vector.Span[1] * vector.Span[1])), 1e-6f);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(7, 3)]
    [InlineData(1024, 2)]
    public async Task Generate_ManyUnequalTexts_GivesEachItsVectorInTheCallersOrder(int batchSize, int concurrency)
    {
        using var folder = ModelFolder.OfTokens();
        var options = new OnnxEmbeddingOptions { Normalize = false, MaxTokens = 100, Limits = { BatchSize = batchSize, MaxConcurrency = concurrency } };
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path, options);
        var random = new Random(11);
        var texts = Enumerable.Range(0, 300).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 120)).Select(_ => random.Next(3) switch { 0 => "red", 1 => "green", _ => "blue" }))).ToArray();

        var vectors = await generator.GenerateAsync(texts, cancellationToken: Token);

        Assert.Equal(texts.Select(text => text.Split(' ').Take(98).Select(word => word switch { "red" => 5f, "green" => 6, _ => 7 }).Append(2).Append(3).Average()), vectors.Select(vector => vector.Vector.Span[1]), Near);
        Assert.Equal(texts.Count(text => text.Split(' ').Length > 98), generator.TruncatedTexts);
    }

    [Fact]
    public async Task Generate_NoTexts_GivesNoVectors()
    {
        using var folder = ModelFolder.OfTokens();
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path);

        Assert.Empty(await generator.GenerateAsync([], cancellationToken: Token));
    }

    [Fact]
    public async Task Generate_QuestionsAndDocuments_GetTheirPrefixes()
    {
        using var folder = ModelFolder.OfTokens();
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path, new OnnxEmbeddingOptions { Normalize = false, QueryPrefix = "blue ", DocumentPrefix = "+" });

        var question = await generator.GenerateVectorAsync("red", cancellationToken: Token);
        var document = await generator.GenerateVectorAsync("red", new EmbeddingGenerationOptions().ForDocuments(), Token);

        Assert.Equal((2 + 7 + 5 + 3) / 4f, question.Span[1]);
        Assert.Equal((2 + 9 + 5 + 3) / 4f, document.Span[1]);
    }

    [Fact]
    public async Task Generate_LongText_IsCutOffAndCounted()
    {
        using var folder = ModelFolder.OfTokens();
        using var meters = new TestMeterFactory();
        var counted = 0L;
        using var listener = Listeners.Count(meters, "ragcaching.encoder.truncations", count => counted += count);
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path, new OnnxEmbeddingOptions { Normalize = false, MaxTokens = 4 }, Listeners.Services(meters));

        var vectors = await generator.GenerateAsync(["red green", "red green blue"], cancellationToken: Token);

        Assert.Equal(vectors[0].Vector.ToArray(), vectors[1].Vector.ToArray());
        Assert.Equal(1, generator.TruncatedTexts);
        Assert.Equal(1, counted);
    }

    [Fact]
    public async Task Generate_AMillionCharacters_ReadsTheBeginning()
    {
        using var folder = ModelFolder.OfTokens();
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path, Raw);
        var text = string.Concat(Enumerable.Repeat("red ", 250_000));

        var vectors = await generator.GenerateAsync([text, new string('x', 1_000_000)], cancellationToken: Token);

        Assert.Equal(1, generator.TruncatedTexts);
        Assert.Equal(((254 * 5) + 2 + 3) / 256f, vectors[0].Vector.Span[1], 1e-5f);
        Assert.Equal((2 + 1 + 3) / 3f, vectors[1].Vector.Span[1]);
    }

    [Fact]
    public async Task Generate_LoneSurrogate_IsLeftOut()
    {
        using var folder = ModelFolder.OfTokens();
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path, Raw);

        var vectors = await generator.GenerateAsync(["red\uD83D green", "red green\uDE00"], cancellationToken: Token);

        Assert.All(vectors, vector => Assert.Equal((2 + 5 + 6 + 3) / 4f, vector.Vector.Span[1]));
        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["\uDE00"], cancellationToken: Token));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(" \t\n", 3)]
    [InlineData("\0\u200B", 2)]
    public async Task Generate_NothingToRead_NamesThePlaceAndNotTheText(string text, int length)
    {
        using var folder = ModelFolder.OfTokens();
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path);

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["red", text], cancellationToken: Token));

        Assert.StartsWith($"Text 1 of 2 (from 0) has {length} characters and nothing that can be read", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_NullText_NamesThePlace()
    {
        using var folder = ModelFolder.OfTokens();
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path);

        Assert.Contains("Text 0 of 1", (await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync([null!], cancellationToken: Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_OptionsForAnotherModel_AreRefused()
    {
        using var folder = ModelFolder.OfTokens();
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path, new OnnxEmbeddingOptions { ModelId = "tiny" });

        Assert.Single(await generator.GenerateAsync(["red"], new EmbeddingGenerationOptions { ModelId = "tiny", Dimensions = 2 }, Token));
        Assert.Contains("'large'", Assert.Throws<ArgumentException>(() => { _ = generator.GenerateAsync(["red"], new EmbeddingGenerationOptions { ModelId = "large" }, Token); }).Message, StringComparison.Ordinal);
        Assert.Contains("768 dimensions", Assert.Throws<ArgumentException>(() => { _ = generator.GenerateAsync(["red"], new EmbeddingGenerationOptions { Dimensions = 768 }, Token); }).Message, StringComparison.Ordinal);
        var kind = new EmbeddingGenerationOptions { AdditionalProperties = new() { [OnnxEmbeddingInput.PropertyName] = "poem" } };
        Assert.Contains("'poem'", Assert.Throws<ArgumentException>(() => { _ = generator.GenerateAsync(["red"], kind, Token); }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public async Task Generate_OutputThatIsNotFinite_FailsThatCallOnly(float component)
    {
        var table = TinyModel.Ids(ModelFolder.Words);
        table[2 * 7] = component;
        using var folder = new ModelFolder(TinyModel.Tokens(table, ModelFolder.Words), ModelFolder.Vocabulary);
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => generator.GenerateAsync(["red", "blue"], cancellationToken: Token));

        Assert.Contains(folder.ModelPath, exception.Message, StringComparison.Ordinal);
        Assert.Contains("last_hidden_state", exception.Message, StringComparison.Ordinal);
        Assert.Single(await generator.GenerateAsync(["red"], cancellationToken: Token));
    }

    [Fact]
    public async Task Generate_OutputWithoutDirection_IsAnError()
    {
        var table = TinyModel.Ids(ModelFolder.Words);
        foreach (var id in (int[])[2, 3, 7])
        {
            table.AsSpan(2 * id, 2).Clear();
        }

        using var folder = new ModelFolder(TinyModel.Tokens(table, ModelFolder.Words), ModelFolder.Vocabulary);
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path);

        await Assert.ThrowsAsync<InvalidOperationException>(() => generator.GenerateAsync(["blue"], cancellationToken: Token));
    }

    [Fact]
    public void Metadata_TellsModelAndDimensions()
    {
        using var folder = ModelFolder.OfTokens();
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path, new OnnxEmbeddingOptions { ModelId = "tiny" });

        var metadata = Assert.IsType<EmbeddingGeneratorMetadata>(generator.GetService<EmbeddingGeneratorMetadata>());

        Assert.Equal(("onnx", "tiny", 2), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.Same(generator, generator.GetService<OnnxEmbeddingGenerator>());
    }

    [Fact]
    public void ModelId_ByDefault_ChangesWithWhateverChangesVectors()
    {
        using var folder = ModelFolder.OfTokens();
        using var other = new ModelFolder(TinyModel.Tokens(TinyModel.Ids(ModelFolder.Words), ModelFolder.Words, output: "token_embeddings"), ModelFolder.Vocabulary);
        var name = Path.GetFileName(folder.Path);

        string[] ids =
        [
            IdOf(folder, new()), IdOf(folder, new() { MaxTokens = 128 }), IdOf(folder, new() { Pooling = OnnxPooling.FirstToken }), IdOf(folder, new() { QueryPrefix = "q" }),
            IdOf(folder, new() { LowerCase = false }), IdOf(folder, new() { Normalize = false }), IdOf(other, new()),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids[..^1], id => Assert.StartsWith(name + "@", id, StringComparison.Ordinal));
        Assert.Equal(ids[0], IdOf(folder, new() { Limits = { BatchSize = 1 } }));

        static string IdOf(ModelFolder folder, OnnxEmbeddingOptions options)
        {
            using var generator = OnnxEmbeddingGenerator.Open(folder.Path, options);
            return generator.Metadata.DefaultModelId!;
        }
    }

    [Fact]
    public async Task Load_Streams_GivesTheVectorsOfTheFolder()
    {
        using var folder = ModelFolder.OfTokens();
        using var model = File.OpenRead(folder.ModelPath);
        using var vocabulary = File.OpenRead(folder.VocabularyPath);
        using var generator = OnnxEmbeddingGenerator.Load(model, vocabulary, Raw);

        var vector = await generator.GenerateVectorAsync("red", cancellationToken: Token);

        Assert.Equal([1, 10 / 3f], vector.ToArray());
        Assert.StartsWith("onnx@", generator.Metadata.DefaultModelId, StringComparison.Ordinal);
    }

    private static bool Near(float expected, float actual) => Math.Abs(expected - actual) < 1e-4f;
}
