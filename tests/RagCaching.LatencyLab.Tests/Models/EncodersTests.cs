using Microsoft.Extensions.AI;
using RagCaching.LatencyLab.Models;

namespace RagCaching.LatencyLab.Tests.Models;

public sealed class EncodersTests
{
    [Theory]
    [InlineData(EncoderKind.MiniLM, MiniLMModel.Dimensions)]
    [InlineData(EncoderKind.Hashing, FeatureHashingEncoder.Dimensions)]
    public async Task Open_EachKind_GivesVectorsAndTheirModel(object kind, int dimensions)
    {
        using var encoder = Encoders.Open((EncoderKind)kind);

        var vector = await encoder.GenerateVectorAsync("How long is an answer valid?", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(dimensions, vector.Length);
        Assert.Equal(dimensions, encoder.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions);
    }
}
