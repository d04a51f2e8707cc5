using RagCaching.LatencyLab.Calibration;
using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Tests.Calibration;

public sealed class HeldOutStreamTests
{
    [Fact]
    public async Task RunAsync_RewordingAndLookAlike_CountsServedAndNamesWrong()
    {
        // The stand-in encoder takes all three for nearly the same at this floor, and the guard has no objection to "check" instead of "read".
        var questions = new QuestionSet(
            [new Question("read", "How do I read the settings from a file?", ["How can I read the settings from a file?"], [new LookAlike("check", "How do I check the settings from a file?")])]);
        await using var embedder = new CachedEmbedder(new HashingEmbeddingGenerator());

        var stream = await HeldOutStream.RunAsync(questions, embedder, threshold: 0.5f, seed: 1, TestContext.Current.CancellationToken);

        Assert.Equal((3, 2), (stream.Asked, stream.Served));
        var wrong = Assert.Single(stream.Wrong);
        Assert.True(wrong.Asked.Contains("check", StringComparison.Ordinal) != wrong.Served.Contains("check", StringComparison.Ordinal));
    }
}
