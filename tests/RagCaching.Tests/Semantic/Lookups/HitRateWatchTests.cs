using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Lookups;

public sealed class HitRateWatchTests : IDisposable
{
    private readonly CacheFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task HundredRequestsWithoutAHit_SaysOnceWithTheThreeCommonestReasons()
    {
        for (var i = 0; i < 250; i++)
        {
            var query = i % 4 == 0 ? new SemanticCacheQuery(" ") : i % 10 == 0 ? new SemanticCacheQuery(new string('x', 40_000)) : new SemanticCacheQuery($"question {i}");
            await _fixture.Cache.GetOrCreateAsync(query, (context, _) => Task.FromResult(CacheFixture.Answer(i % 3 == 0 ? " " : "a")), TestContext.Current.CancellationToken);
        }

        var warning = Assert.Single(Warnings());
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains("NoCandidates (70), BlankQuestion (25), not stored: NoText (22)", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneHitAmongTheFirst_SaysNothing()
    {
        await _fixture.AskAsync("What is a cache?");
        await _fixture.AskAsync("What is a cache?");
        for (var i = 0; i < 150; i++)
        {
            await _fixture.AskAsync($"question {i}");
        }

        Assert.Empty(Warnings());
    }

    [Fact]
    public async Task RequestsThatWereMeantToPassBy_DoNotCount()
    {
        for (var i = 0; i < 150; i++)
        {
            await _fixture.AskAsync(new SemanticCacheQuery($"question {i}") { Mode = i % 2 == 0 ? SemanticCacheMode.Bypass : SemanticCacheMode.Refresh });
        }

        Assert.Empty(Warnings());
    }

    private IEnumerable<Microsoft.Extensions.Logging.Testing.FakeLogRecord> Warnings() => _fixture.Logs.GetSnapshot().Where(record => record.Id.Id == Log.NothingServedId);
}
