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

    private static float[] VectorOf(string text) => text switch
    {
        "near" => [1, 0, 0],
        "nan" => [float.NaN, 1, 0],
        "infinite" => [float.PositiveInfinity, 1, 0],
        "zero" => [0, 0, 0],
        "tiny" => [1e-30f, 0, 0],
        "huge" => [3e38f, 3e38f, 0],
        "long" => [1, 0, 0, 0],
        "short" => [1, 0],
        _ => [0, 1, 0],
    };
}
