using Microsoft.Extensions.Options;
using RagCaching.Onnx.Tests.TestDoubles;

namespace RagCaching.Onnx.Tests;

/// <summary>What is wrong with files, tensors or options is said when a model is opened, with the name of what is wrong and the fix.</summary>
public sealed class BadModelTests
{
    private static readonly byte[] Good = TinyModel.Tokens(TinyModel.Ids(ModelFolder.Words), ModelFolder.Words);

    [Fact]
    public void Open_NoFolder_NamesIt() =>
        Assert.Contains("/nowhere/at/all", Assert.Throws<DirectoryNotFoundException>(() => OnnxEmbeddingGenerator.Open("/nowhere/at/all")).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_NoModel_NamesTheFile()
    {
        using var folder = new ModelFolder(vocabulary: ModelFolder.Vocabulary);

        Assert.Equal(folder.ModelPath, Assert.Throws<FileNotFoundException>(() => OnnxEmbeddingGenerator.Open(folder.Path)).FileName);
    }

    [Fact]
    public void Open_OtherModelFile_IsFoundOrNamed()
    {
        using var folder = new ModelFolder(vocabulary: ModelFolder.Vocabulary);
        Directory.CreateDirectory(Path.Combine(folder.Path, "onnx"));
        File.WriteAllBytes(Path.Combine(folder.Path, "onnx", "model.onnx"), Good);
        File.WriteAllBytes(Path.Combine(folder.Path, "small.onnx"), Good);

        OnnxEmbeddingGenerator.Open(folder.Path).Dispose();
        OnnxEmbeddingGenerator.Open(folder.Path, new OnnxEmbeddingOptions { ModelFile = "small.onnx" }).Dispose();
        var exception = Assert.Throws<FileNotFoundException>(() => OnnxEmbeddingGenerator.Open(folder.Path, new OnnxEmbeddingOptions { ModelFile = "large.onnx" }));

        Assert.EndsWith("large.onnx", exception.FileName, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoVocabulary_NamesTheFile()
    {
        using var folder = new ModelFolder(Good);

        Assert.Equal(folder.VocabularyPath, Assert.Throws<FileNotFoundException>(() => OnnxEmbeddingGenerator.Open(folder.Path)).FileName);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100)]
    public void Open_TruncatedModel_NamesTheFile(int length) => AssertRefused(Good[..length], ModelFolder.Vocabulary, "is not a model that can be run, or is incomplete");

    [Fact]
    public void Open_FileThatIsNoModel_NamesTheFile() => AssertRefused("This is a letter."u8.ToArray(), ModelFolder.Vocabulary, "is not a model that can be run, or is incomplete");

    [Fact]
    public void Open_VocabularyOfALargerModel_SaysSo() => AssertRefused(Good, ModelFolder.Vocabulary + "more\nthan\nknown\n", "cannot read the last of the 13 tokens");

    [Fact]
    public void Open_TruncatedVocabulary_SaysSo() => AssertRefused(TinyModel.Tokens(TinyModel.Ids(2_000), 2_000), ModelFolder.Vocabulary, "knows token 1024, but its vocabulary has only 10");

    [Fact]
    public void Open_VocabularyOfAnotherKind_NamesFileAndLine()
    {
        using var folder = new ModelFolder(Good, "<s>\n</s>\n<unk>\nred\n");

        var message = Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Open(folder.Path)).Message;

        Assert.StartsWith(folder.VocabularyPath, message, StringComparison.Ordinal);
        Assert.Contains("'[CLS]'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ModelAsVocabulary_NamesTheFile()
    {
        using var folder = new ModelFolder(Good);
        File.Copy(folder.ModelPath, folder.VocabularyPath);

        Assert.Contains(folder.VocabularyPath, Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OtherInput_NamesTheInputs() =>
        AssertRefused(TinyModel.Copy("last_hidden_state", TinyModel.Float, "pixels", "attention_mask"), ModelFolder.Vocabulary, "but are attention_mask, pixels");

    [Fact]
    public void Open_InputTooMany_NamesTheInputs() => AssertRefused(
        TinyModel.Copy("last_hidden_state", TinyModel.Int64, "input_ids", "attention_mask", "position_ids"), ModelFolder.Vocabulary, "but are attention_mask, input_ids, position_ids");

    [Fact]
    public void Open_OtherOutput_NamesTheOutputs() =>
        AssertRefused(TinyModel.Tokens(TinyModel.Ids(ModelFolder.Words), ModelFolder.Words, output: "logits"), ModelFolder.Vocabulary, "but the outputs are logits");

    [Theory]
    [InlineData(TinyModel.Float, "input_ids must be a tensor of Int64 with 2 dimensions, but is of Float with 2 dimensions")]
    [InlineData(TinyModel.Int64, "sentence_embedding must be a tensor of Float with 2 dimensions, but is of Int64 with 2 dimensions")]
    public void Open_OtherType_NamesTheTensor(int type, string expected) => AssertRefused(TinyModel.Copy("sentence_embedding", type, "input_ids", "attention_mask"), ModelFolder.Vocabulary, expected);

    [Fact]
    public void Open_PoolingThatTheModelLacks_NamesTheOption() =>
        AssertRefused(Good, ModelFolder.Vocabulary, "OnnxEmbeddingOptions.Pooling = ModelOutput", new OnnxEmbeddingOptions { Pooling = OnnxPooling.ModelOutput });

    [Fact]
    public void Open_OtherDimensionThanTheStores_NamesBoth() =>
        AssertRefused(Good, ModelFolder.Vocabulary, "returns 2 dimensions, but OnnxEmbeddingOptions.Dimensions says 768", new OnnxEmbeddingOptions { Dimensions = 768 });

    [Fact]
    public async Task Generate_DimensionsThatChange_AreRefused()
    {
        using var folder = new ModelFolder(TinyModel.Echo(ModelFolder.Words), ModelFolder.Vocabulary);
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => generator.GenerateAsync(["red green blue"], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("sentence_embedding of 1 texts with 5 tokens must have 3 components each, but its shape is 1 x 5", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PrefixThatLeavesNoRoom_NamesTheOption()
    {
        using var folder = new ModelFolder(Good, ModelFolder.Vocabulary);

        Assert.Contains(
            "OnnxEmbeddingOptions.DocumentPrefix takes all of the 4 tokens",
            Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Open(folder.Path, new OnnxEmbeddingOptions { MaxTokens = 4, DocumentPrefix = "red green " })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OptionsOutOfRange_AreAllNamed()
    {
        using var folder = new ModelFolder(Good, ModelFolder.Vocabulary);
        var options = new OnnxEmbeddingOptions
        {
            ModelId = " ",
            ModelFile = "",
            Dimensions = 0,
            Pooling = (OnnxPooling)9,
            MaxTokens = 2,
            Limits = { MaxConcurrency = 0, ThreadsPerRun = 0, BatchSize = 1025 },
        };

        var failures = Assert.Throws<OptionsValidationException>(() => OnnxEmbeddingGenerator.Open(folder.Path, options)).Failures.ToArray();

        string[] names = ["ModelId", "ModelFile", "Dimensions", "Pooling", "MaxTokens", "Limits.MaxConcurrency", "Limits.ThreadsPerRun", "Limits.BatchSize"];
        Assert.All(names.Zip(failures), pair => Assert.Contains($"OnnxEmbeddingOptions.{pair.First} must", pair.Second, StringComparison.Ordinal));
        Assert.Equal(names.Length, failures.Length);
    }

    private static void AssertRefused(byte[] model, string vocabulary, string expected, OnnxEmbeddingOptions? options = null)
    {
        using var folder = new ModelFolder(model, vocabulary);

        var message = Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Open(folder.Path, options)).Message;

        Assert.StartsWith(folder.ModelPath, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }
}
