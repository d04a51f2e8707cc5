using RagCaching.Onnx.Tests.TestDoubles;
using RagCaching.Quality.Encoding;

namespace RagCaching.Quality.Tests.Encoding;

public sealed class GeneratorEncoderTests
{
    [Fact]
    public void Encode_FolderOfATokenModel_PoolsAndKeepsTheOrder()
    {
        using var folder = ModelFolder.OfTokens().With("modules.json", "[]");
        using var encoder = GeneratorEncoder.Open(folder.Path);
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? "red green + +" : "blue")];

        var vectors = encoder.Encode(texts);

        Assert.Equal(texts.Select(text => text == "blue" ? 4f : 5.6667f), vectors.Select(vector => MathF.Round(vector[1], 4)));
        Assert.All(vectors, vector => Assert.Equal(1, vector[0]));
    }

    [Fact]
    public void Encode_MiniLM_IsThatOfThePackage()
    {
        using var encoder = GeneratorEncoder.Open(GeneratorEncoder.MiniLM);

        Assert.Equal(384, Assert.Single(encoder.Encode(["red"])).Length);
    }

    [Fact]
    public void Open_NoModel_NamesTheFile()
    {
        using var folder = new ModelFolder(vocabulary: ModelFolder.Vocabulary);

        Assert.Contains(folder.ModelPath, Assert.Throws<QualityException>(() => GeneratorEncoder.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_TextWithNothingToRead_NamesItsPlace()
    {
        using var folder = ModelFolder.OfTokens();
        using var encoder = GeneratorEncoder.Open(folder.Path);

        Assert.Contains("Text 1 of 2", Assert.Throws<QualityException>(() => encoder.Encode(["red", ""])).Message, StringComparison.Ordinal);
    }
}
