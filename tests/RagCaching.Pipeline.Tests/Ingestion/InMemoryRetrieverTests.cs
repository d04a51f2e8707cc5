using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Ingestion;

public sealed class InMemoryRetrieverTests : IDisposable
{
    private readonly PipelineFixture _fixture = new();
    private readonly InMemoryRetriever _retriever;

    public InMemoryRetrieverTests() => _retriever = new InMemoryRetriever("memory", _fixture.Embedder, text => text.Split('|'));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Retrieve_Documents_ReturnsTheNearestChunksBestFirst()
    {
        await AddAsync("prices", "Basic costs five.|Premium costs ten.");
        await AddAsync("cities", "We serve London.");
        _fixture.Cache.SameMeaning("Premium costs ten.", "What does premium cost?");

        var chunks = await _retriever.RetrieveAsync(new RetrievalRequest("What does premium cost?", limit: 2), Token);

        Assert.Equal(2, chunks.Count);
        Assert.Equal(("prices#1", "prices", "Premium costs ten."), (chunks[0].Id, chunks[0].SourceId, chunks[0].Text));
        Assert.True(chunks[0].Score > 0.99 && chunks[0].Score > chunks[1].Score);
    }

    [Fact]
    public async Task Add_SameTextAgain_EmbedsNothing()
    {
        Assert.Equal(2, await _retriever.AddAsync("a", "one|two", cancellationToken: Token));
        var version = _retriever.VersionOf("a");
        await _retriever.AddAsync("a", "one|two", cancellationToken: Token);

        Assert.Single(_fixture.Cache.Generator.Batches);
        Assert.Equal(version, _retriever.VersionOf("a"));
    }

    [Fact]
    public async Task Add_ChangedDocument_ReplacesAllItsChunks()
    {
        await AddAsync("a", "one|two|three");
        var before = _retriever.VersionOf("a");
        await AddAsync("a", "four");

        var chunk = Assert.Single(await _retriever.RetrieveAsync(new RetrievalRequest("anything", limit: 10), Token));
        Assert.Equal("four", chunk.Text);
        Assert.NotEqual(before, _retriever.VersionOf("a"));
        Assert.Equal(_retriever.VersionOf("a"), chunk.SourceVersion);
    }

    [Fact]
    public async Task Remove_Document_IsGone()
    {
        await AddAsync("a", "one");

        Assert.True(_retriever.Remove("a"));
        Assert.False(_retriever.Remove("a"));
        Assert.Empty(await _retriever.RetrieveAsync(new RetrievalRequest("anything", limit: 10), Token));
        Assert.Null(_retriever.VersionOf("a"));
    }

    [Fact]
    public async Task Add_OvertakenByARemovalOrALaterAddition_ChangesNothing()
    {
        var slow = new TaskCompletionSource();
        _fixture.Cache.Generator.GenerateCallback = async (batch, _, _) =>
        {
            if (batch[0] == "slow")
            {
                await slow.Task;
            }

            return _fixture.Cache.Generator.Generate(batch);
        };
        var removed = _retriever.AddAsync("a", "slow", cancellationToken: Token).AsTask();
        var replaced = _retriever.AddAsync("b", "slow", cancellationToken: Token).AsTask();
        _retriever.Remove("a");
        await AddAsync("b", "quick");
        slow.SetResult();
        await Task.WhenAll(removed, replaced);

        Assert.Equal("quick", Assert.Single(await _retriever.RetrieveAsync(new RetrievalRequest("anything", limit: 10), Token)).Text);
        Assert.Equal(["b"], _retriever.SourceIds);
    }

    [Fact]
    public async Task Add_EmptyDocument_HasNoChunksAndCallsNobody()
    {
        var retriever = new InMemoryRetriever("memory", _fixture.Embedder);

        Assert.Equal(0, await retriever.AddAsync("a", " ", cancellationToken: Token));
        Assert.Empty(_fixture.Cache.Generator.Batches);
    }

    [Fact]
    public async Task Ask_EditedDocument_IsNeverAnsweredFromItsOldVersion()
    {
        _fixture.Retrievers.Clear();
        _fixture.Retrievers.Add(_retriever);
        _fixture.Options.CurrentSourceVersion = (sourceId, _) => ValueTask.FromResult(_retriever.VersionOf(sourceId));
        await AddAsync("prices", "Premium costs ten.");
        await _fixture.AskAsync("What does premium cost?");
        Assert.True((await _fixture.AskAsync("What does premium cost?")).IsHit);

        await AddAsync("prices", "Premium costs twelve.");
        var answer = await _fixture.AskAsync("What does premium cost?");

        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.SourceChanged), (answer.Outcome, answer.Reason));
        Assert.Contains("twelve", _fixture.Chat.Requests[^1].Messages[^1].Text, StringComparison.Ordinal);
    }

    private async Task AddAsync(string sourceId, string text) => await _retriever.AddAsync(sourceId, text, cancellationToken: Token);
}
