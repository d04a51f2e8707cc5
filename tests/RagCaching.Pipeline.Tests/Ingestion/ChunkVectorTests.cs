using RagCaching.Pipeline.Selection;
using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Ingestion;

public sealed class ChunkVectorTests : IDisposable
{
    private readonly PipelineFixture _fixture = new();
    private readonly InMemoryRetriever _retriever;

    public ChunkVectorTests()
    {
        _retriever = new InMemoryRetriever("memory", _fixture.Embedder, text => text.Split('|'));
        _fixture.Cache.Generator.Vector = VectorOf;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("nan")]
    [InlineData("infinite")]
    [InlineData("zero")]
    [InlineData("tiny")]
    [InlineData("huge")]
    [InlineData("negative infinite")]
    [InlineData("negative zero")]
    [InlineData("nan at the end")]
    public async Task Add_VectorWithoutADirection_IsRefusedAndHidesNothing(string bad)
    {
        await _retriever.AddAsync("good", "near|far", cancellationToken: Token);

        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await _retriever.AddAsync("bad", $"near|{bad}", cancellationToken: Token));

        Assert.Equal(["good"], _retriever.SourceIds);
        var best = Assert.Single(await _retriever.RetrieveAsync(new RetrievalRequest("near", limit: 1), Token));
        Assert.Equal("near", best.Text);
    }

    [Theory]
    [InlineData("long")]
    [InlineData("short")]
    [InlineData("single")]
    [InlineData("twice as long")]
    [InlineData("a thousand and a half")]
    public async Task Add_VectorOfAnotherDimension_IsRefusedWithBothNumbers(string other)
    {
        await _retriever.AddAsync("good", "near", cancellationToken: Token);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await _retriever.AddAsync("other", other, cancellationToken: Token));
        var mixed = await Assert.ThrowsAsync<InvalidOperationException>(async () => await _retriever.AddAsync("mixed", $"near|{other}", cancellationToken: Token));
        var asked = await Assert.ThrowsAsync<InvalidOperationException>(async () => await _retriever.RetrieveAsync(new RetrievalRequest(other, limit: 1), Token));

        Assert.All((InvalidOperationException[])[exception, mixed, asked], refusal =>
        {
            Assert.Contains($" {VectorOf(other).Length} ", refusal.Message, StringComparison.Ordinal);
            Assert.Contains(" 3", refusal.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Add_TheOnlyDocumentAgainWithAnotherModel_ReplacesIt()
    {
        await _retriever.AddAsync("a", "near", cancellationToken: Token);

        await _retriever.AddAsync("a", "long", cancellationToken: Token);

        Assert.Equal("long", Assert.Single(await _retriever.RetrieveAsync(new RetrievalRequest("long", limit: 1), Token)).Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Order_OneVectorIsNaN_ComesLastAndMovesNothing(int place)
    {
        var chunks = new List<ReadOnlyMemory<float>> { VectorOf("near"), VectorOf("far") };
        chunks.Insert(place, VectorOf("nan"));

        var order = MarginalRelevance.Order(VectorOf("near"), [.. chunks], diversity: 0.3).ToArray();

        Assert.Equal(place, order[^1]);
        Assert.Equal(chunks.FindIndex(chunk => chunk.Span.SequenceEqual(VectorOf("near"))), order[0]);
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("infinite")]
    [InlineData("zero")]
    [InlineData("negative zero")]
    [InlineData("nan at the end")]
    public void Order_QuestionWithoutADirection_OrdersByDiversityAlone(string question)
    {
        ReadOnlyMemory<float>[] chunks = [VectorOf("near"), new float[] { 1, 0.1f, 0 }, VectorOf("far")];

        Assert.Equal([0, 2, 1], MarginalRelevance.Order(VectorOf(question), chunks, diversity: 0.3));
    }

    private static float[] VectorOf(string text) => text switch
    {
        "near" => [1, 0, 0],
        "nan" => [float.NaN, 1, 0],
        "infinite" => [float.PositiveInfinity, 1, 0],
        "negative infinite" => [1, 0, float.NegativeInfinity],
        "nan at the end" => [1, 0, float.NaN],
        "zero" => [0, 0, 0],
        "negative zero" => [-0f, 0, -0f],
        "tiny" => [1e-30f, 0, 0],
        "huge" => [3e38f, 3e38f, 0],
        "long" => [1, 0, 0, 0],
        "short" => [1, 0],
        "single" => [1],
        "twice as long" => [1, 0, 0, 0, 0, 0],
        "a thousand and a half" => [1, .. new float[1_535]],
        _ => [0, 1, 0],
    };
}
