using Microsoft.Extensions.AI;
using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Caching;

/// <summary>No chunk crosses a scope: retrievers may return what only its callers may see.</summary>
public sealed class RetrievalScopeTests : IDisposable
{
    private const string Question = "What does premium cost?";

    private readonly PipelineFixture _fixture = new();

    public RetrievalScopeTests()
    {
        _fixture.KeepChunks();
        _fixture.Retriever.Callback = (request, _) => new([RetrieverDouble.Chunk("c1", CacheScope.For("a").Equals(request.Scope) ? "For a." : "For others.", "prices")]);
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Ask_OtherScope_IsRetrievedForAnew()
    {
        Assert.Equal("For a.", (await _fixture.AskAsync(Question, Of("a"))).Chunks[0].Text);
        Assert.Equal("For others.", (await _fixture.AskAsync(Question, Of("b"))).Chunks[0].Text);
        Assert.Equal("For others.", (await _fixture.AskAsync(Question, PipelineFixture.Personal)).Chunks[0].Text);
        Assert.Equal(3, _fixture.Retriever.Calls);

        Assert.Equal("For a.", (await _fixture.AskAsync(Question, Of("a"))).Chunks[0].Text);
        Assert.Equal(3, _fixture.Retriever.Calls);
    }

    [Fact]
    public async Task Ask_OtherWordsInAnotherScope_AreNotServed()
    {
        const string Reworded = "What does the premium cost?";
        _fixture.Cache.SameMeaning(Question, Reworded);
        await _fixture.AskAsync(Question, Of("a"));

        Assert.Equal("For others.", (await _fixture.AskAsync(Reworded, Of("b"))).Chunks[0].Text);
    }

    [Fact]
    public async Task Ask_ScopeUnknown_KeepsNothingAndSaysSoOnce()
    {
        using var requests = _fixture.Counter(PipelineNames.Instruments.CacheRequests);
        _fixture.Options.RetrievalCache.ShareAcrossCallers = null;

        await _fixture.AskAsync(Question, PipelineFixture.Personal);
        await _fixture.AskAsync(Question, PipelineFixture.Personal);

        Assert.Equal(2, _fixture.Retriever.Calls);
        Assert.All(requests.GetMeasurementSnapshot(), measurement => Assert.Equal(PipelineNames.CacheResults.Skipped, measurement.Tags[PipelineNames.Tags.CacheResult]));
        Assert.Single(_fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == PipelineLog.RetrievalNotSharedId);
    }

    [Fact]
    public async Task InvalidateSource_OfOneScope_LeavesOtherScopesAlone()
    {
        await _fixture.AskAsync(Question, Of("a"));
        await _fixture.AskAsync(Question, Of("b"));

        await _fixture.Pipeline.InvalidateSourceAsync("prices", CacheScope.For("a"), TestContext.Current.CancellationToken);
        await _fixture.AskAsync(Question, Of("b"));
        Assert.Equal(2, _fixture.Retriever.Calls);

        await _fixture.AskAsync(Question, Of("a"));
        Assert.Equal(3, _fixture.Retriever.Calls);
    }

    [Fact]
    public void ScopeNames_MoreScopesThanRemembered_NeverGiveANameTwice()
    {
        var names = new Pipeline.Caching.ScopeNames(sharesAcrossCallers: false, capacity: 3);

        var given = Enumerable.Range(0, 50).Select(i => names.Of(CacheScope.For($"tenant {i % 7}"))).ToArray();

        Assert.Null(names.Of(null));
        for (var i = 0; i < given.Length; i++)
        {
            Assert.All(given[..i].Index().Where(earlier => earlier.Item == given[i]), earlier => Assert.Equal(i % 7, earlier.Index % 7));
        }

        Assert.Equal(names.Of(CacheScope.For("x")), names.Of(CacheScope.For("x")));
    }

    private static ChatOptions Of(string tenant) => new ChatOptions().WithSemanticCache(request => (request.Scope, request.Mode) = (CacheScope.For(tenant), SemanticCacheMode.Bypass));
}
