using RagCaching.Onnx.Tests.TestDoubles;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Onnx.Tests;

/// <summary>Calls that are cancelled, that run at the same time, or whose generator is disposed. Every run is reported to a listener, which is where the tests step in.</summary>
public sealed class CallLifetimeTests
{
    private const string RunDuration = "ragcaching.encoder.run.duration";

    private static readonly string[] Texts = [.. Enumerable.Repeat("red", 50)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generate_CancelledBetweenBatches_RunsNoFurther()
    {
        using var folder = ModelFolder.OfTokens();
        using var meters = new TestMeterFactory();
        using var cancelling = new CancellationTokenSource();
        var runs = 0;
        using var listener = Listeners.Time(meters, RunDuration, () =>
        {
            if (++runs == 3)
            {
                cancelling.Cancel();
            }
        });
        using var generator = OneByOne(folder, meters);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync(Texts, cancellationToken: cancelling.Token));

        Assert.Equal(3, runs);
        Assert.Equal(Texts.Length, (await generator.GenerateAsync(Texts, cancellationToken: Token)).Count);
    }

    [Fact]
    public async Task Generate_CancelledBefore_DoesNotRun()
    {
        using var folder = ModelFolder.OfTokens();
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync(["red"], cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Generate_AfterDisposal_SaysSo()
    {
        using var folder = ModelFolder.OfTokens();
        var generator = OnnxEmbeddingGenerator.Open(folder.Path);
        generator.Dispose();
        generator.Dispose();

        var exception = await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["red"], cancellationToken: Token));

        Assert.Contains("OnnxEmbeddingGenerator", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_WhileACallRuns_EndsItBeforeItsNextBatch()
    {
        using var folder = ModelFolder.OfTokens();
        using var meters = new TestMeterFactory();
        OnnxEmbeddingGenerator? generator = null;
        var runs = 0;
        using var listener = Listeners.Time(meters, RunDuration, () =>
        {
            runs++;
            generator!.Dispose();
        });
        generator = OneByOne(folder, meters);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(Texts, cancellationToken: Token));

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Generate_ManyCallersAtOnce_EachGetsItsVectors()
    {
        using var folder = ModelFolder.OfTokens();
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path, new OnnxEmbeddingOptions { Normalize = false, Limits = { MaxConcurrency = 2 } });
        var expected = new Dictionary<string, float> { ["red"] = 10 / 3f, ["green blue"] = 18 / 4f, ["+ + +"] = 32 / 5f };

        await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (i, cancellationToken) =>
        {
            var (text, mean) = expected.ElementAt(i % expected.Count);
            var vectors = await generator.GenerateAsync(i % 2 == 0 ? [text] : [text, "blue", text], cancellationToken: cancellationToken);
            Assert.Equal(mean, vectors[0].Vector.Span[1], 1e-5f);
            Assert.Equal(mean, vectors[^1].Vector.Span[1], 1e-5f);
        });
    }

    private static OnnxEmbeddingGenerator OneByOne(ModelFolder folder, TestMeterFactory meters) =>
        OnnxEmbeddingGenerator.Open(folder.Path, new OnnxEmbeddingOptions { Limits = { BatchSize = 1, MaxConcurrency = 1 } }, Listeners.Services(meters));
}
