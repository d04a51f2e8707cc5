using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace RagCaching.Testing.Tests.Models;

public sealed class DeterministicEmbeddingGeneratorTests
{
    private const float Tolerance = 1e-5f;

    // Computed by another program from the description of the method.
    private static readonly float[] Golden = [-0.116398f, -0.086053f, 0.226505f, -0.070555f, 0.160280f, -0.805420f, 0.123629f, -0.482794f];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generate_AnyText_IsAUnitVectorThatIsTheSameInEveryProcess()
    {
        var vector = await VectorOf(new DeterministicEmbeddingGenerator(dimensions: 8), "How do I return an item?");

        // Golden: a change of the hash or of the arithmetic changes the tests of others.
        Assert.Equal(Golden, vector, (x, y) => Math.Abs(x - y) < Tolerance);
        Assert.Equal(1, TensorPrimitives.Norm(vector), Tolerance);
        Assert.Equal(vector, await VectorOf(new DeterministicEmbeddingGenerator(dimensions: 8), "How do I return an item?"));
    }

    [Fact]
    public async Task Generate_UnrelatedTexts_HaveNothingInCommon()
    {
        var generator = new DeterministicEmbeddingGenerator();
        var vectors = await generator.GenerateAsync(Enumerable.Range(0, 200).Select(i => $"text {i}"), cancellationToken: Token);

        var largest = vectors.SelectMany((x, i) => vectors.Skip(i + 1).Select(y => Math.Abs(TensorPrimitives.Dot(x.Vector.Span, y.Vector.Span)))).Max();

        Assert.InRange(largest, 0, 0.3f);
    }

    [Theory]
    [InlineData(0.97f)]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-0.5f)]
    [InlineData(-1)]
    public async Task Same_Similarity_IsTheCosine(float similarity)
    {
        var generator = new DeterministicEmbeddingGenerator().Same("a", "b", similarity);

        var (a, b) = (await VectorOf(generator, "a"), await VectorOf(generator, "b"));

        Assert.Equal(similarity, TensorPrimitives.Dot(a, b), Tolerance);
        Assert.Equal(1, TensorPrimitives.Norm(b), Tolerance);
        Assert.Equal(await VectorOf(new DeterministicEmbeddingGenerator(), "a"), a);
    }

    [Fact]
    public async Task Same_SeveralTexts_LieAroundTheFirst()
    {
        var generator = new DeterministicEmbeddingGenerator().Same("a", "b", 0.9f).Same("a", "c", 0.8f).Same("b", "d", 0.95f);

        var (b, c, d) = (await VectorOf(generator, "b"), await VectorOf(generator, "c"), await VectorOf(generator, "d"));
        Assert.Equal(0.72, TensorPrimitives.Dot(b, c), 0.1);
        Assert.Equal(0.95, TensorPrimitives.Dot(b, d), Tolerance);
    }

    [Fact]
    public void Same_TextThatHasItsPlace_Throws()
    {
        var generator = new DeterministicEmbeddingGenerator().Same("a", "b");

        Assert.Contains("'b'", Assert.Throws<ArgumentException>(() => generator.Same("c", "b")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => generator.Same("b", "a"));
        Assert.Throws<ArgumentException>(() => generator.Same("c", "c"));
        Assert.Equal(1.5f, Assert.Throws<ArgumentOutOfRangeException>(() => generator.Same("c", "d", 1.5f)).ActualValue);
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Same("c", "d", float.NaN));
        Assert.Throws<ArgumentNullException>(() => generator.Same(null!, "d"));
        Assert.Throws<ArgumentNullException>(() => generator.Same("c", null!));
    }

    [Fact]
    public async Task Generate_Calls_AreRecordedWithTheirOptions()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var generator = new DeterministicEmbeddingGenerator(timeProvider: time);
        var options = new EmbeddingGenerationOptions { ModelId = "m" };

        var result = await generator.GenerateAsync(["one two", "three"], options, Token);
        options.ModelId = "changed";

        var call = Assert.Single(generator.Calls);
        Assert.Equal(["one two", "three"], call.Texts);
        Assert.Equal("m", call.Options!.ModelId);
        Assert.Equal(time.GetUtcNow(), call.ReceivedAt);
        Assert.Equal(3, result.Usage!.InputTokenCount);
        Assert.All(result, embedding => Assert.Equal("deterministic", embedding.ModelId));
    }

    [Fact]
    public async Task Generate_ToldToFail_FailsThatOftenAndIsRecorded()
    {
        var generator = new DeterministicEmbeddingGenerator().FailNext(new TimeoutException("slow"), calls: 2).FailNext(new IOException("gone"));

        await Assert.ThrowsAsync<TimeoutException>(() => generator.GenerateAsync(["a"], cancellationToken: Token));
        await Assert.ThrowsAsync<TimeoutException>(() => generator.GenerateAsync(["a"], cancellationToken: Token));
        await Assert.ThrowsAsync<IOException>(() => generator.GenerateAsync(["a"], cancellationToken: Token));
        await generator.GenerateAsync(["a"], cancellationToken: Token);

        Assert.Equal(4, generator.Calls.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.FailNext(new IOException(), calls: 0));
        Assert.Throws<ArgumentNullException>(() => generator.FailNext(null!));
    }

    [Fact]
    public async Task Generate_Delayed_EndsWhenItsClockSaysSo()
    {
        var time = new FakeTimeProvider();
        var generator = new DeterministicEmbeddingGenerator(timeProvider: time) { Delay = TimeSpan.FromSeconds(2) };

        var generating = generator.GenerateAsync(["a"], cancellationToken: Token);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(generating.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Single(await generating);
    }

    [Fact]
    public async Task Generate_Cancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var generator = new DeterministicEmbeddingGenerator(timeProvider: new FakeTimeProvider()) { Delay = TimeSpan.FromSeconds(2) };

        var generating = generator.GenerateAsync(["a"], cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generating);
    }

    [Fact]
    public async Task Generate_BadInput_NamesIt()
    {
        var generator = new DeterministicEmbeddingGenerator(dimensions: 16);

        Assert.Contains("Text 1", (await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["a", null!], cancellationToken: Token))).Message, StringComparison.Ordinal);
        var dimensions = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { Dimensions = 8 }, Token));
        Assert.Contains("8", dimensions.Message, StringComparison.Ordinal);
        Assert.Contains("16", dimensions.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentNullException>(() => generator.GenerateAsync(null!, cancellationToken: Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeterministicEmbeddingGenerator(dimensions: 1));
        Assert.Throws<ArgumentException>(() => new DeterministicEmbeddingGenerator(modelId: ""));
        Assert.Empty(generator.Calls);
    }

    [Fact]
    public void GetService_Metadata_NamesModelAndDimensions()
    {
        var generator = new DeterministicEmbeddingGenerator(dimensions: 16, modelId: "m");

        var metadata = (EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!;

        Assert.Equal(("m", 16), (metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.Same(generator, generator.GetService(typeof(DeterministicEmbeddingGenerator)));
        Assert.Null(generator.GetService(typeof(string)));
        Assert.Null(generator.GetService(typeof(EmbeddingGeneratorMetadata), "key"));
    }

    private static async Task<float[]> VectorOf(DeterministicEmbeddingGenerator generator, string text) => (await generator.GenerateAsync([text], cancellationToken: Token))[0].Vector.ToArray();
}
