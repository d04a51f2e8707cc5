using System.Globalization;
using RagCaching.Internal.Digests;
using RagCaching.Semantic.Entries;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Lookups;

/// <summary>A store that other processes write to may hand out anything: what it says is checked again.</summary>
public sealed class UntrustedStoreTests : IDisposable
{
    private const string Question = "What is a cache?";

    private readonly CacheFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(100_000)]
    public async Task Lookup_ExpiredEntryThatASharedStoreStillHas_IsAMiss(int secondsAgo)
    {
        await _fixture.AskAsync(Question);
        _fixture.Store.OnGet = entry => Copy(entry, entry.Metadata, _fixture.Time.GetUtcNow() - TimeSpan.FromSeconds(secondsAgo));

        Assert.False((await LookupAsync()).IsHit);
        _fixture.Store.OnGet = entry => Copy(entry, entry.Metadata, _fixture.Time.GetUtcNow() + TimeSpan.FromSeconds(1));
        Assert.True((await LookupAsync()).IsHit);
    }

    [Theory]
    [InlineData("Where is Oslo?")]
    [InlineData("what is a cache?")]
    [InlineData("What is a cache? ")]
    [InlineData("什么是缓存？")]
    public async Task Lookup_AnotherQuestionUnderThisKey_IsAMiss(string other)
    {
        await _fixture.AskAsync(Question);
        _fixture.Store.OnGet = entry =>
        {
            Assert.True(Digest.TryParseShort(entry.Id, out var key));
            var state = EntryStateCodec.TryDecode(entry.Metadata.Span, key)!;
            var changed = EntryStateCodec.Encode(new EntryState { Nonce = state.Nonce, Question = other }, key, entry.CreatedAt, entry.ExpiresAt);
            return Copy(entry, changed, entry.ExpiresAt);
        };

        Assert.False((await LookupAsync()).IsHit);
    }

    [Fact]
    public async Task Lookup_ContentOfTheNearestIsGone_ServesTheNext()
    {
        var token = TestContext.Current.CancellationToken;
        _fixture.SameMeaning(Question, "What does cache mean?", "What are caches?");
        await _fixture.Cache.StoreAsync(Question, CacheFixture.Answer("0"), token);
        await _fixture.Cache.StoreAsync("What does cache mean?", CacheFixture.Answer("1"), token);
        string[] ids = [.. _fixture.Store.Written.Select(entry => entry.Id)];
        var nearest = (await _fixture.Cache.LookupAsync("What are caches?", token)).Response!.Text;

        _fixture.Store.OnGet = entry => entry.Id == ids[int.Parse(nearest, CultureInfo.InvariantCulture)] ? null : entry;
        var next = await _fixture.Cache.LookupAsync("What are caches?", token);
        _fixture.Store.OnGet = entry => ids.Contains(entry.Id) ? null : entry;
        var none = await _fixture.Cache.LookupAsync("What are caches?", token);

        Assert.Equal((SemanticCacheOutcome.SemanticHit, nearest == "0" ? "1" : "0"), (next.Outcome, next.Response!.Text));
        Assert.Equal(SemanticCacheOutcome.Miss, none.Outcome);
    }

    private static VectorEntry Copy(VectorEntry entry, ReadOnlyMemory<byte> metadata, DateTimeOffset expiresAt) => new()
    {
        Partition = entry.Partition,
        Id = entry.Id,
        Metadata = metadata,
        Payload = entry.Payload,
        Labels = entry.Labels,
        CreatedAt = entry.CreatedAt,
        ExpiresAt = expiresAt,
    };

    private async Task<SemanticCacheResult> LookupAsync() => await _fixture.Cache.LookupAsync(new SemanticCacheQuery(Question) { ExactOnly = true }, TestContext.Current.CancellationToken);
}
