using Microsoft.Extensions.AI;
using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Caching;

/// <summary>Kept chunks end with their time, with a removal, and with the version of their source.</summary>
public sealed class RetrievalFreshnessTests : IDisposable
{
    private const string Question = "What does premium cost?";
    private const string Reworded = "What does the premium cost?";

    private readonly PipelineFixture _fixture = new();

    public RetrievalFreshnessTests() => _fixture.KeepChunks();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Ask_AfterTheTimeToLive_RetrievesAnew()
    {
        _fixture.Cache.SameMeaning(Question, Reworded);
        _fixture.Options.RetrievalCache.TimeToLive = TimeSpan.FromMinutes(10);
        await AskAsync(Question);
        _fixture.Cache.Time.Advance(TimeSpan.FromMinutes(9));
        await AskAsync(Reworded);
        Assert.Equal(1, _fixture.Retriever.Calls);

        // What a second question was served with lives no longer than what it was served from.
        _fixture.Cache.Time.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(Reworded);

        Assert.Equal(2, _fixture.Retriever.Calls);
    }

    [Theory]
    [InlineData(SemanticCacheMode.ReadWrite)]
    [InlineData(SemanticCacheMode.Bypass)]
    public async Task Ask_MaxAge_HoldsForAnswersAndForChunks(SemanticCacheMode mode)
    {
        _fixture.Cache.SameMeaning(Question, Reworded);
        await _fixture.AskAsync(Question);
        _fixture.Cache.Time.Advance(TimeSpan.FromMinutes(2));

        var young = await _fixture.AskAsync(Reworded, WithMaxAge(TimeSpan.FromMinutes(1)));
        var any = await _fixture.AskAsync(Question, WithMaxAge(TimeSpan.FromHours(1)));

        Assert.Equal((false, mode != SemanticCacheMode.Bypass, 2), (young.IsHit, any.IsHit, _fixture.Retriever.Calls));

        ChatOptions WithMaxAge(TimeSpan age) => new ChatOptions().WithSemanticCache(request =>
        {
            request.Mode = mode;
            request.MaxAge = age;
        });
    }

    [Theory]
    [InlineData(Question)]
    [InlineData(Reworded)]
    public async Task CurrentSourceVersion_Changed_IsAMiss(string question)
    {
        using var requests = _fixture.Counter(PipelineNames.Instruments.CacheRequests);
        _fixture.Cache.SameMeaning(Question, Reworded);
        var version = "v1";
        _fixture.Options.CurrentSourceVersion = (_, _) => ValueTask.FromResult<string?>(version);
        await AskAsync(Question);
        await AskAsync(Question);
        Assert.Equal(1, _fixture.Retriever.Calls);

        version = "v2";
        _fixture.Retriever.Chunks[0] = RetrieverDouble.Chunk("c1", "Premium costs twelve.", "prices", "v2");
        var answer = await AskAsync(question);

        Assert.Equal("Premium costs twelve.", Assert.Single(answer.Chunks).Text);
        Assert.Equal(PipelineNames.CacheResults.SourceChanged, requests.LastMeasurement!.Tags[PipelineNames.Tags.CacheResult]);
        await AskAsync(question);
        Assert.Equal(2, _fixture.Retriever.Calls);
    }

    [Fact]
    public async Task CurrentSourceVersion_Throws_IsACountedMiss()
    {
        using var failures = _fixture.Counter(PipelineNames.Instruments.CacheFailures);
        _fixture.Options.CurrentSourceVersion = (_, _) => throw new IOException();
        await AskAsync(Question);

        Assert.Equal("answer 2", (await AskAsync(Question)).Text);

        Assert.Equal(2, _fixture.Retriever.Calls);
        Assert.Contains("IOException", failures.GetMeasurementSnapshot().Select(measurement => measurement.Tags[PipelineNames.Tags.ErrorType]));
    }

    [Fact]
    public async Task InvalidateSource_RemovesItsChunksAndNoOthers()
    {
        await AskAsync(Question);
        _fixture.Retriever.Chunks[0] = RetrieverDouble.Chunk("c2", source: "cities");
        await AskAsync("Which cities?");

        await _fixture.Pipeline.InvalidateSourceAsync("prices", cancellationToken: Token);
        await AskAsync("Which cities?");
        Assert.Equal(2, _fixture.Retriever.Calls);

        await AskAsync(Question);
        Assert.Equal(3, _fixture.Retriever.Calls);
    }

    [Fact]
    public async Task InvalidateSource_WhileRetrieving_KeepsTheOldChunksOutAndLetsNobodyJoin()
    {
        var old = new TaskCompletionSource<IReadOnlyList<RetrievedChunk>>();
        _fixture.Retriever.Callback = (_, _) => new(old.Task);
        var early = AskAsync(Question);
        Assert.Equal(1, _fixture.Retriever.Calls);

        await _fixture.Pipeline.InvalidateSourceAsync("prices", cancellationToken: Token);
        _fixture.Retriever.Callback = (_, _) => new([RetrieverDouble.Chunk("c1", "Premium costs twelve.", "prices")]);
        Assert.Equal("Premium costs twelve.", (await AskAsync(Question)).Chunks[0].Text);
        old.SetResult([RetrieverDouble.Chunk("c1", "Premium costs ten.", "prices")]);
        Assert.Equal("Premium costs ten.", (await early).Chunks[0].Text);

        Assert.Equal("Premium costs twelve.", (await AskAsync(Question)).Chunks[0].Text);
        Assert.Equal(2, _fixture.Retriever.Calls);
    }

    [Fact]
    public async Task InvalidateSource_WithoutAManagerOfAnswers_StillRemovesTheChunks()
    {
        using var pipeline = new RagPipeline(_fixture.Chat, _fixture.Retrievers, cache: null, _fixture.Options, _fixture.Services);
        await pipeline.AskAsync(Question, cancellationToken: Token);
        await pipeline.AskAsync(Question, cancellationToken: Token);
        Assert.Equal(1, _fixture.Retriever.Calls);

        Assert.Equal(0, await pipeline.InvalidateSourceAsync("prices", cancellationToken: Token));
        await pipeline.AskAsync(Question, cancellationToken: Token);

        Assert.Equal(2, _fixture.Retriever.Calls);
    }

    [Fact]
    public async Task Ask_NothingPartialOrMixed_IsNotKept()
    {
        var other = new RetrieverDouble("other");
        _fixture.Retrievers.Add(other);
        other.Callback = (_, _) => throw new IOException();
        await AskAsync("Partial?");
        other.Callback = null;
        _fixture.Retriever.Chunks.Add(RetrieverDouble.Chunk("c2", source: "prices", version: "v2"));
        await AskAsync("Mixed?");
        _fixture.Retriever.Chunks.Clear();
        await AskAsync("Nothing?");
        Assert.Equal(3, _fixture.Retriever.Calls);

        await AskAsync("Partial?");
        await AskAsync("Mixed?");
        await AskAsync("Nothing?");

        Assert.Equal(6, _fixture.Retriever.Calls);
    }

    private Task<RagAnswer> AskAsync(string question) => _fixture.AskAsync(question, PipelineFixture.Personal);
}
