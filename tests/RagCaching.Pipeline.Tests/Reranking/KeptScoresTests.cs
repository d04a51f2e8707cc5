using Microsoft.Extensions.AI;
using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Reranking;

/// <summary>Scores are kept for the same question over the same chunks, each scope for itself.</summary>
public sealed class KeptScoresTests : IDisposable
{
    private const string Question = "What does premium cost?";

    private readonly PipelineFixture _fixture = new();
    private readonly RerankerDouble _reranker = new();

    public KeptScoresTests()
    {
        _fixture.Services.Add<IReranker>(_reranker);
        _fixture.Options.RetrievalCache.ShareAcrossCallers = true;
        _fixture.Retriever.Chunks.Clear();
        _fixture.Retriever.Chunks.AddRange([RetrieverDouble.Chunk("c1", source: "s", version: "v1"), RetrieverDouble.Chunk("c2", source: "s", version: "v1")]);
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Ask_SameChunksRetrievedAnew_KeepTheirScores()
    {
        using var requests = _fixture.Counter(PipelineNames.Instruments.CacheRequests);

        var first = await AskAsync();
        var second = await AskAsync();

        Assert.Equal((2, 1), (_fixture.Retriever.Calls, _reranker.Calls));
        Assert.Equal(["c2", "c1"], second.Chunks.Select(chunk => chunk.Id));
        Assert.Equal(first.Chunks.Select(chunk => chunk.Id), second.Chunks.Select(chunk => chunk.Id));
        Assert.Equal(["miss", "exact_hit"], requests.GetMeasurementSnapshot().Select(measurement => measurement.Tags[PipelineNames.Tags.CacheResult]));
    }

    [Theory]
    [InlineData("c3", "s", "v1", "The text of c2.")]
    [InlineData("c2", "t", "v1", "The text of c2.")]
    [InlineData("c2", "s", "v2", "The text of c2.")]
    [InlineData("c2", "s", null, "The text of c2.")]
    [InlineData("c2", "s", "v1", "Another text.")]
    public async Task Ask_AnythingThatTheRerankerSeesIsOther_IsAMiss(string id, string source, string? version, string text)
    {
        await AskAsync();
        _fixture.Retriever.Chunks[1] = RetrieverDouble.Chunk(id, text, source, version);

        await AskAsync();

        Assert.Equal(2, _reranker.Calls);
    }

    [Fact]
    public async Task Ask_OtherScopeOrQuestion_IsAMiss()
    {
        await AskAsync();
        await _fixture.AskAsync("Which cities?", PipelineFixture.Personal);
        await _fixture.AskAsync(Question, new ChatOptions().WithSemanticCache(request => (request.Scope, request.Mode) = (CacheScope.For("a"), SemanticCacheMode.Bypass)));

        Assert.Equal(3, _reranker.Calls);
    }

    [Fact]
    public async Task Ask_OtherWordsServedFromKeptChunks_UseTheScoresOfTheFirstQuestion()
    {
        const string Reworded = "What does the premium cost?";
        _fixture.KeepChunks();
        _fixture.Cache.SameMeaning(Question, Reworded);
        await AskAsync();

        var answer = await _fixture.AskAsync(Reworded, PipelineFixture.Personal);

        Assert.Equal((1, 1), (_fixture.Retriever.Calls, _reranker.Calls));
        Assert.Equal(["c2", "c1"], answer.Chunks.Select(chunk => chunk.Id));
    }

    [Fact]
    public async Task Ask_Failure_IsNotKept()
    {
        _reranker.Callback = (_, _) => throw new IOException();
        await AskAsync();
        _reranker.Callback = null;

        Assert.Equal(["c2", "c1"], (await AskAsync()).Chunks.Select(chunk => chunk.Id));
    }

    [Fact]
    public async Task Ask_AfterTheTimeToLiveOrSwitchedOff_IsAMiss()
    {
        await AskAsync();
        _fixture.Cache.Time.Advance(_fixture.Options.Reranking.TimeToLive);
        await AskAsync();
        Assert.Equal(2, _reranker.Calls);

        _fixture.Options.Reranking.CacheScores = false;
        var pipeline = _fixture.NewPipeline();
        await pipeline.AskAsync(Question, PipelineFixture.Personal, TestContext.Current.CancellationToken);
        await pipeline.AskAsync(Question, PipelineFixture.Personal, TestContext.Current.CancellationToken);
        Assert.Equal(4, _reranker.Calls);
    }

    [Fact]
    public async Task Ask_EqualQuestionsAtOnce_AreScoredOnce()
    {
        var gate = new TaskCompletionSource<IReadOnlyList<RerankedChunk>>();
        _reranker.Callback = (_, _) => new(gate.Task);
        var asking = Enumerable.Range(0, 10).Select(_ => AskAsync()).ToArray();

        gate.SetResult([.. _fixture.Retriever.Chunks.Select(chunk => new RerankedChunk(chunk, 1))]);
        await Task.WhenAll(asking);

        Assert.Equal(1, _reranker.Calls);
    }

    private Task<RagAnswer> AskAsync() => _fixture.AskAsync(Question, PipelineFixture.Personal);
}
