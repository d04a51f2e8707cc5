using RagCaching.LatencyLab.Models;

namespace RagCaching.LatencyLab.Tests.Models;

public sealed class EncoderMemoryTests
{
    private readonly TopicEncoder _encoder = new("a", "b");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recall_TextThatWasEncoded_RunsTheEncoderForOthersOnly()
    {
        var memory = new EncoderMemory(_encoder);
        await memory.Encoder.GenerateAsync(["a"], cancellationToken: Cancel);

        var vectors = await memory.Recall.GenerateAsync(["b", "a", "b"], cancellationToken: Cancel);

        Assert.Equal(["a", "b"], _encoder.Encoded);
        Assert.Equal([[0, 1, 0], [1, 0, 0], [0, 1, 0]], vectors.Select(vector => vector.Vector.ToArray()));
    }

    [Fact]
    public async Task Encoder_TextThatWasEncoded_IsEncodedAgain()
    {
        var memory = new EncoderMemory(_encoder);

        await memory.Encoder.GenerateAsync(["a"], cancellationToken: Cancel);
        await memory.Encoder.GenerateAsync(["a"], cancellationToken: Cancel);

        Assert.Equal(["a", "a"], _encoder.Encoded);
    }
}
