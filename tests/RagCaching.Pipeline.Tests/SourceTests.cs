using Microsoft.Extensions.AI;
using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests;

public sealed class SourceTests : IDisposable
{
    private const string Question = "What does premium cost?";

    private readonly PipelineFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task InvalidateSource_ChangedDocument_RemovesTheAnswersBuiltOnItAndNoOthers()
    {
        await _fixture.AskAsync(Question);
        _fixture.Retriever.Chunks[0] = RetrieverDouble.Chunk("c2", source: "cities");
        await _fixture.AskAsync("Which cities?");

        Assert.Equal(1, await _fixture.Pipeline.InvalidateSourceAsync("prices", cancellationToken: Token));

        Assert.False((await _fixture.AskAsync(Question)).IsHit);
        Assert.True((await _fixture.AskAsync("Which cities?")).IsHit);
    }

    [Fact]
    public async Task InvalidateSource_OfOneScope_LeavesOtherScopesAlone()
    {
        ChatOptions Of(string tenant) => new ChatOptions().WithSemanticCache(request => request.Scope = CacheScope.For(tenant));
        await _fixture.AskAsync(Question, Of("a"));
        await _fixture.AskAsync(Question, Of("b"));

        Assert.Equal(1, await _fixture.Pipeline.InvalidateSourceAsync("prices", CacheScope.For("a"), Token));

        Assert.False((await _fixture.AskAsync(Question, Of("a"))).IsHit);
        Assert.True((await _fixture.AskAsync(Question, Of("b"))).IsHit);
    }

    [Fact]
    public async Task InvalidateSource_WhileAnAnswerIsGenerated_KeepsItOut()
    {
        _fixture.Chat.ResponseCallback = async (_, _, token) =>
        {
            await _fixture.Pipeline.InvalidateSourceAsync("prices", cancellationToken: token);
            return RagCaching.Tests.TestDoubles.CacheFixture.Answer("built on the old document");
        };

        Assert.Null((await _fixture.AskAsync(Question)).EntryId);
        _fixture.Chat.ResponseCallback = null;
        Assert.False((await _fixture.AskAsync(Question)).IsHit);
    }

    [Fact]
    public async Task InvalidateSource_AfterAnEarlyRetrieval_KeepsTheOldDocumentOut()
    {
        // The documents are read while the question is being embedded, and change before the model is asked.
        _fixture.Options.RetrieveDuringLookup = true;
        var embedding = new TaskCompletionSource();
        var retrieved = new TaskCompletionSource();
        _fixture.Cache.Generator.GenerateCallback = async (batch, _, _) =>
        {
            await embedding.Task;
            return _fixture.Cache.Generator.Generate(batch);
        };
        _fixture.Retriever.Callback = (_, _) =>
        {
            retrieved.TrySetResult();
            return ValueTask.FromResult<IReadOnlyList<RetrievedChunk>>([.. _fixture.Retriever.Chunks]);
        };
        var asking = _fixture.AskAsync(Question);
        await retrieved.Task;
        await _fixture.Pipeline.InvalidateSourceAsync("prices", cancellationToken: Token);
        embedding.SetResult();

        Assert.Null((await asking).EntryId);
        Assert.Equal(1, _fixture.Retriever.Calls);
    }

    [Fact]
    public async Task CurrentSourceVersion_Changed_IsAMiss()
    {
        var version = "v1";
        _fixture.Options.CurrentSourceVersion = (_, _) => ValueTask.FromResult<string?>(version);
        await _fixture.AskAsync(Question);
        Assert.True((await _fixture.AskAsync(Question)).IsHit);

        version = "v2";
        var (_, answer) = await _fixture.StreamAsync(Question);

        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.SourceChanged), (answer.Outcome, answer.Reason));
    }

    [Fact]
    public async Task Ask_ChunksOfTwoVersionsOfOneSource_AreAnsweredAndNotStored()
    {
        _fixture.Retriever.Chunks.Add(RetrieverDouble.Chunk("c2", source: "prices", version: "v2", score: 0.9));

        var answer = await _fixture.AskAsync(Question);

        Assert.Equal(("answer 1", null), (answer.Text, answer.EntryId));
        Assert.False((await _fixture.AskAsync(Question)).IsHit);
    }
}
