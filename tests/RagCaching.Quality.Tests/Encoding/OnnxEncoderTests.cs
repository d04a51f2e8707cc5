using RagCaching.Quality.Encoding;

namespace RagCaching.Quality.Tests.Encoding;

public sealed class OnnxEncoderTests
{
    [Fact]
    public void Encode_SeveralBatchesOfUnequalTexts_KeepsTheirOrder()
    {
        using var folder = new ModelFolder(TinyModel.HighestId(), ModelFolder.Vocabulary);
        using var encoder = OnnxEncoder.Open(folder.Path);
        (string Text, float Highest)[] kinds = [("red", 5), ("blue red green", 7), ("", 0), ("Greenish", 8), ("red +", 9)];
        var texts = Enumerable.Range(0, (2 * OnnxEncoder.BatchSize) + 1).Select(i => kinds[i % kinds.Length]).ToArray();

        var vectors = encoder.Encode([.. texts.Select(text => text.Text)]);

        Assert.Equal(texts.Select(text => text.Highest), vectors.Select(Assert.Single));
    }

    [Fact]
    public void Encode_NoTexts_GivesNoVectors()
    {
        using var folder = new ModelFolder(TinyModel.HighestId(), ModelFolder.Vocabulary);
        using var encoder = OnnxEncoder.Open(folder.Path);

        Assert.Empty(encoder.Encode([]));
    }

    [Fact]
    public void Encode_DimensionsThatChange_AreRefused()
    {
        using var folder = new ModelFolder(TinyModel.Echo(), ModelFolder.Vocabulary);
        using var encoder = OnnxEncoder.Open(folder.Path);
        string[] texts = [.. Enumerable.Repeat("red", OnnxEncoder.BatchSize), "red green"];

        var exception = Assert.Throws<QualityException>(() => encoder.Encode(texts));

        Assert.Contains("2 dimensions after 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoModel_NamesTheFile()
    {
        using var folder = new ModelFolder(vocabulary: ModelFolder.Vocabulary);

        Assert.Equal($"There is no model {Path.Combine(folder.Path, "model.onnx")}.", Assert.Throws<QualityException>(() => OnnxEncoder.Open(folder.Path)).Message);
    }

    [Fact]
    public void Open_NoVocabulary_NamesTheFile()
    {
        using var folder = new ModelFolder(TinyModel.HighestId());

        Assert.Equal($"There is no vocabulary {Path.Combine(folder.Path, "vocab.txt")}.", Assert.Throws<QualityException>(() => OnnxEncoder.Open(folder.Path)).Message);
    }

    [Fact]
    public void Open_FileThatIsNoModel_NamesTheFile() => AssertRefused([1, 2, 3], "is no model that can be run");

    [Fact]
    public void Open_OtherInput_NamesTheInputs() => AssertRefused(TinyModel.Copy("sentence_embedding", TinyModel.Float, "tokens", "attention_mask"), "but are attention_mask, tokens.");

    [Fact]
    public void Open_InputTooMany_NamesTheInputs() =>
        AssertRefused(TinyModel.Copy("sentence_embedding", TinyModel.Float, "input_ids", "attention_mask", "token_type_ids"), "but are attention_mask, input_ids, token_type_ids.");

    [Fact]
    public void Open_OtherOutput_NamesTheOutputs() => AssertRefused(TinyModel.Copy("pooled", TinyModel.Int64, "input_ids", "attention_mask"), "but the outputs are pooled.");

    [Theory]
    [InlineData(TinyModel.Float, "input_ids must be a tensor of Int64 with 2 dimensions, but is Float with 2 dimensions.")]
    [InlineData(TinyModel.Int64, "sentence_embedding must be a tensor of Float with 2 dimensions, but is Int64 with 2 dimensions.")]
    public void Open_OtherType_NamesTheTensor(int type, string expected) => AssertRefused(TinyModel.Copy("sentence_embedding", type, "input_ids", "attention_mask"), expected);

    private static void AssertRefused(byte[] model, string expected)
    {
        using var folder = new ModelFolder(model, ModelFolder.Vocabulary);

        var message = Assert.Throws<QualityException>(() => OnnxEncoder.Open(folder.Path)).Message;

        Assert.StartsWith(Path.Combine(folder.Path, "model.onnx"), message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }
}
