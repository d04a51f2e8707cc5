using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic;

public sealed class SemanticCacheSourcesTests : IDisposable
{
    private readonly CacheFixture _fixture = new();
    private readonly Dictionary<string, string?> _versions = new() { ["handbook"] = "v1", ["prices"] = "2026" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Hit_SourcesUnchanged_NamesThemAndServes()
    {
        await StoreAsync("Who pays?");

        var result = await _fixture.Cache.LookupAsync(Query("Who pays?"), Token);

        Assert.Equal(SemanticCacheOutcome.ExactHit, result.Outcome);
        Assert.Equal([new("handbook", "v1"), new("notes", null), new("prices", "2026")], result.SourceVersions.OrderBy(source => source.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("v2")]
    [InlineData(null)]
    public async Task ExactMatch_SourceChangedOrGone_IsAMissAndTheAnswerIsRemoved(string? version)
    {
        await StoreAsync("Who pays?");
        _versions["handbook"] = version;

        var result = await _fixture.Cache.LookupAsync(Query("Who pays?"), Token);
        _versions["handbook"] = "v1";

        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.SourceChanged), (result.Outcome, result.Reason));
        Assert.Equal(SemanticCacheReason.NoCandidates, (await _fixture.Cache.LookupAsync(Query("Who pays?"), Token)).Reason);
    }

    [Fact]
    public async Task CloseMatch_SourceChanged_IsAMissAndTheFreshAnswerIsServedNext()
    {
        _fixture.SameMeaning("Who pays?", "Who is it that pays?");
        await StoreAsync("Who pays?");
        _versions["prices"] = "2027";

        var stale = await _fixture.Cache.GetOrCreateAsync(Query("Who is it that pays?"), Describe("fresh"), Token);
        var again = await _fixture.Cache.LookupAsync(Query("Who pays?"), Token);

        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.SourceChanged), (stale.Outcome, stale.Reason));
        Assert.Equal("2027", stale.SourceVersions["prices"]);
        Assert.Equal((SemanticCacheOutcome.SemanticHit, "fresh"), (again.Outcome, again.Response!.Text));
    }

    [Fact]
    public async Task Alias_SourceChanged_IsAMiss()
    {
        _fixture.SameMeaning("Who pays?", "Who is it that pays?");
        await StoreAsync("Who pays?");
        Assert.True((await _fixture.Cache.LookupAsync(Query("Who is it that pays?"), Token)).IsHit);
        _versions["handbook"] = "v2";

        Assert.False((await _fixture.Cache.LookupAsync(Query("Who is it that pays?"), Token)).IsHit);
    }

    [Fact]
    public async Task CurrentVersion_CannotBeFoundOut_IsAMissAndTheAnswerStays()
    {
        await StoreAsync("Who pays?");
        var query = new SemanticCacheQuery("Who pays?") { CurrentSourceVersion = (_, _) => throw new IOException("gone") };
        using var failures = new FailureCounter(_fixture);

        var result = await _fixture.Cache.LookupAsync(query, Token);

        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.Unavailable), (result.Outcome, result.Reason));
        Assert.Equal("source", failures.LastOperation);
        Assert.True((await _fixture.Cache.LookupAsync(Query("Who pays?"), Token)).IsHit);
    }

    [Fact]
    public async Task CurrentVersion_TakesTooLong_IsAMissWithinTheTimeLimit()
    {
        await StoreAsync("Who pays?");
        var never = new TaskCompletionSource<string?>();
        var lookup = _fixture.Cache.LookupAsync(
            new SemanticCacheQuery("Who pays?") { CurrentSourceVersion = (_, _) => new ValueTask<string?>(never.Task) }, Token).AsTask();

        _fixture.Time.Advance(_fixture.Options.Limits.LookupTimeout);

        Assert.Equal(SemanticCacheReason.Timeout, (await lookup).Reason);
    }

    [Fact]
    public async Task Store_SourceRemovedBetweenTheRequestAndTheGeneration_IsRefused()
    {
        // What a factory is built on may have been read as soon as the request came in.
        var stored = await _fixture.Cache.GetOrCreateAsync(
            "Who pays?",
            async (context, token) =>
            {
                await _fixture.Cache.RemoveWhereAsync(new EntryFilter { AllScopes = true, SourceId = "handbook" }, token);
                return await Describe("from the old handbook")(context, token);
            },
            Token);

        Assert.Null(stored.EntryId);
        Assert.False((await _fixture.Cache.LookupAsync("Who pays?", Token)).IsHit);
    }

    [Fact]
    public async Task Stream_AtItsEnd_NamesTheSourcesToTheStarterAndToThoseThatJoined()
    {
        var model = new StreamDouble();
        await using var started = await StreamAsync(model);
        await using var joined = await StreamAsync(model);
        var first = started.Updates.MoveNextAsync().AsTask();
        var call = await model.NextCallAsync();
        call.Write("You do.");
        await first;
        await joined.Updates.MoveNextAsync();
        call.Context.SourceVersions["handbook"] = "v1";
        call.Finish();

        foreach (var (stream, updates) in new[] { started, joined })
        {
            while (await updates.MoveNextAsync())
            {
            }

            Assert.Equal("v1", stream.Result.SourceVersions["handbook"]);
        }

        Assert.Equal(SemanticCacheOutcome.Joined, joined.Stream.Result.Outcome);
    }

    private async Task<OpenStream> StreamAsync(StreamDouble model)
    {
        var stream = await _fixture.Cache.GetOrStreamAsync("Who pays?", model.StreamAsync, Token);
        return new OpenStream(stream, stream.GetAsyncEnumerator(Token));
    }

    private SemanticCacheQuery Query(string question) =>
        new(question) { CurrentSourceVersion = (source, _) => ValueTask.FromResult(_versions.GetValueOrDefault(source)) };

    private async Task StoreAsync(string question) => await _fixture.Cache.GetOrCreateAsync(question, Describe("stale"), Token);

    private Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> Describe(string answer) => (context, _) =>
    {
        foreach (var (source, version) in _versions)
        {
            context.SourceVersions[source] = version;
        }

        context.SourceVersions["notes"] = null;
        return Task.FromResult(CacheFixture.Answer(answer));
    };

    private sealed record OpenStream(SemanticCacheStreamingResult Stream, IAsyncEnumerator<ChatResponseUpdate> Updates) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Updates.DisposeAsync();
    }

    private sealed class FailureCounter(CacheFixture fixture) : IDisposable
    {
        private readonly Microsoft.Extensions.Diagnostics.Metrics.Testing.MetricCollector<long> _collector = fixture.Counter("ragcaching.cache.failures");

        public string? LastOperation => _collector.LastMeasurement?.Tags["ragcaching.operation"] as string;

        public void Dispose() => _collector.Dispose();
    }
}
