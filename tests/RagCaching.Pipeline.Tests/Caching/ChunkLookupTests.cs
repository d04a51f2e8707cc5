using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Caching;

/// <summary>Chunks that a retriever can get by their ids are kept without their texts.</summary>
public sealed class ChunkLookupTests : IDisposable
{
    private const string Question = "What does premium cost?";

    private readonly PipelineFixture _fixture = new();
    private readonly LookupRetriever _retriever = new();

    public ChunkLookupTests()
    {
        _fixture.KeepChunks();
        _fixture.Retrievers.Add(_retriever);
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Ask_Again_GetsTheTextsByIdInTheOrderOfTheRanking()
    {
        _fixture.Retriever.Chunks.Clear();
        var first = await AskAsync();

        var second = await AskAsync();

        Assert.Equal((1, 1), (_retriever.Retrievals, _retriever.Lookups));
        Assert.Equal(["text of l1", "text of l2"], second.Chunks.Select(chunk => chunk.Text));
        Assert.Equal(first.Chunks.Select(chunk => (chunk.Id, chunk.Score, chunk.Metadata["page"])), second.Chunks.Select(chunk => (chunk.Id, chunk.Score, chunk.Metadata["page"])));
    }

    [Fact]
    public async Task Ask_SeveralRetrievers_OnlyThoseThatCanAreAskedAgain()
    {
        var first = await AskAsync();

        var second = await AskAsync();

        Assert.Equal((1, 1, 1), (_fixture.Retriever.Calls, _retriever.Retrievals, _retriever.Lookups));
        Assert.Equal(first.Chunks.Select(chunk => (chunk.Id, chunk.Text)), second.Chunks.Select(chunk => (chunk.Id, chunk.Text)));
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("version")]
    [InlineData("source")]
    [InlineData("count")]
    [InlineData("throws")]
    public async Task Ask_ChunkIsNotWhatItWas_RetrievesAnew(string change)
    {
        await AskAsync();
        _retriever.Change = chunks => change switch
        {
            "gone" => [chunks[0], null],
            "version" => [chunks[0], RetrieverDouble.Chunk("l2", "new text", "s", "v2")],
            "source" => [chunks[0], RetrieverDouble.Chunk("l2", "text of l2", "t", "v1")],
            "count" => [chunks[0]],
            _ => throw new IOException(),
        };

        await AskAsync();

        Assert.Equal(2, _retriever.Retrievals);
    }

    [Fact]
    public async Task InMemoryRetriever_DocumentIsReplaced_RetrievesAnewWithoutBeingTold()
    {
        var handbook = new InMemoryRetriever("handbook", _fixture.Embedder);
        await handbook.AddAsync("leave#1.md", "You have 30 days of leave.", cancellationToken: TestContext.Current.CancellationToken);
        _fixture.Retrievers.RemoveAll(_ => true);
        _fixture.Retrievers.Add(handbook);
        _fixture.Retrievers.Add(_fixture.Retriever);
        await AskAsync();
        Assert.Contains("You have 30 days of leave.", (await AskAsync()).Chunks.Select(chunk => chunk.Text));
        Assert.Equal(1, _fixture.Retriever.Calls);

        await handbook.AddAsync("leave#1.md", "You have 28 days of leave.", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains("You have 28 days of leave.", (await AskAsync()).Chunks.Select(chunk => chunk.Text));
        Assert.Equal(2, _fixture.Retriever.Calls);
    }

    [Theory]
    [InlineData("leave#1.md#0", true)]
    [InlineData("leave#1.md#1", false)]
    [InlineData("leave#1.md", false)]
    [InlineData("leave#1.md#+0", false)]
    [InlineData("other#0", false)]
    [InlineData("#0", false)]
    [InlineData("leave#1.md#99999999999", false)]
    public async Task InMemoryRetriever_GetChunks_FindsThoseThatAreThere(string id, bool isThere)
    {
        var handbook = new InMemoryRetriever("handbook", _fixture.Embedder);
        await handbook.AddAsync("leave#1.md", "You have 30 days of leave.", cancellationToken: TestContext.Current.CancellationToken);

        var chunk = Assert.Single(await handbook.GetChunksAsync([id], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(isThere ? ("leave#1.md#0", "leave#1.md", "You have 30 days of leave.") : default, chunk is null ? default : (chunk.Id, chunk.SourceId, chunk.Text));
    }

    private Task<RagAnswer> AskAsync() => _fixture.AskAsync(Question, PipelineFixture.Personal);

    private sealed class LookupRetriever : IRetriever, IChunkLookup
    {
        private readonly RetrievedChunk[] _chunks = [Chunk("l1", 0.8), Chunk("l2", 0.7)];

        public string Name => "lookup";

        public int Retrievals { get; private set; }

        public int Lookups { get; private set; }

        public Func<IReadOnlyList<RetrievedChunk>, IReadOnlyList<RetrievedChunk?>> Change { get; set; } = chunks => chunks;

        public ValueTask<IReadOnlyList<RetrievedChunk>> RetrieveAsync(RetrievalRequest request, CancellationToken cancellationToken = default)
        {
            Retrievals++;
            return new(_chunks);
        }

        public ValueTask<IReadOnlyList<RetrievedChunk?>> GetChunksAsync(IReadOnlyList<string> ids, CacheScope? scope = null, CancellationToken cancellationToken = default)
        {
            Lookups++;
            return new(Change([.. ids.Select(id => _chunks.Single(chunk => chunk.Id == id))]));
        }

        private static RetrievedChunk Chunk(string id, double score) =>
            new() { Id = id, Text = $"text of {id}", SourceId = "s", SourceVersion = "v1", Score = score, Metadata = new Dictionary<string, string> { ["page"] = id } };
    }
}
