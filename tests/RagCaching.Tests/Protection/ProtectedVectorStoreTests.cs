using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Protection;

/// <summary>A store that searches by itself, behind a protector: it has the vectors and nothing that can be read.</summary>
public sealed class ProtectedVectorStoreTests : IDisposable
{
    private readonly CacheFixture _fixture = new();
    private readonly TestProtector _protector = new();

    public ProtectedVectorStoreTests()
    {
        _fixture.Services.Add<IPayloadProtector>(_protector);
        _fixture.SameMeaning("How do I reset my zebra?", "How can I reset my zebra?");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    private static ValueTask<SemanticCacheResult> AskAsync(SemanticCache cache, string question) =>
        cache.GetOrCreateAsync(question, _ => Task.FromResult(CacheFixture.Answer("the giraffe answer")), Token);

    [Fact]
    public async Task GetOrCreate_OverAForeignStore_HitsAndLeavesNoText()
    {
        var cache = _fixture.NewCache();

        var first = await AskAsync(cache, "How do I reset my zebra?");
        var exact = await AskAsync(cache, "How do I reset my zebra?");
        var reworded = await AskAsync(cache, "How can I reset my zebra?");
        var reported = await cache.ReportAsync(first.EntryId!, "How can I reset my zebra?", correct: false, cancellationToken: Token);
        var refused = await AskAsync(cache, "How can I reset my zebra?");

        Assert.Equal((SemanticCacheOutcome.ExactHit, SemanticCacheOutcome.SemanticHit, "the giraffe answer"), (exact.Outcome, reworded.Outcome, reworded.Response!.Text));
        Assert.Equal((EntryStatus.Done, SemanticCacheReason.ReportedWrong), (reported, refused.Reason));
        Assert.NotEmpty(_fixture.Store.Written);
        Assert.All(_fixture.Store.Written, entry =>
        {
            Assert.False(StoredBytesSearch.HasText(entry.Metadata.Span, "zebra"));
            Assert.False(StoredBytesSearch.HasText(entry.Payload.Span, "giraffe"));
        });
    }

    [Fact]
    public async Task GetOrCreate_KeyIsLost_IsACountedMiss()
    {
        await AskAsync(_fixture.NewCache(), "How do I reset my zebra?");
        _fixture.Services.Add<IPayloadProtector>(new TestProtector());
        using var failures = _fixture.Counter("ragcaching.cache.failures");
        var other = _fixture.NewCache();

        Assert.Equal(SemanticCacheOutcome.Miss, (await other.LookupAsync("How can I reset my zebra?", Token)).Outcome);
        Assert.Equal(SemanticCacheOutcome.Miss, (await other.LookupAsync("How do I reset my zebra?", Token)).Outcome);
        Assert.Contains(failures.GetMeasurementSnapshot(), failure => (string)failure.Tags["error.type"]! == "not_unprotected");
    }

    [Fact]
    public async Task GetOrCreate_ProtectorThrowsOnWrite_IsAnsweredAndNotStored()
    {
        _protector.ProtectFault = new InvalidOperationException("the vault is away");
        var cache = _fixture.NewCache();

        Assert.Equal("the giraffe answer", (await AskAsync(cache, "How do I reset my zebra?")).Response!.Text);
        Assert.Empty(_fixture.Store.Written);
    }
}
