using Microsoft.Extensions.AI;
using RagCaching.Internal.Digests;
using RagCaching.Semantic.Entries;

namespace RagCaching.Tests.Semantic.FailSafe;

/// <summary>Hosts with and without the option share a store.</summary>
public sealed class KeptEntryTests
{
    private const string Question = FailSafeFixture.Question;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HostWithoutTheOption_NeverServesAStaleEntryOfAHostWithIt()
    {
        using var fixture = new FailSafeFixture();
        fixture.Inner.SameMeaning(Question, "What's a cache?");
        fixture.Inner.Options.FailSafe.StaleIfError = null;
        using var without = fixture.Inner.NewCache();
        await fixture.Inner.AskAsync(Question, "old");
        Assert.Equal(SemanticCacheOutcome.ExactHit, (await without.LookupAsync(Question, Token)).Outcome);

        fixture.Inner.Time.Advance(FailSafeFixture.Lifetime);

        Assert.Equal(SemanticCacheOutcome.Miss, (await without.LookupAsync(Question, Token)).Outcome);
        Assert.Equal(SemanticCacheOutcome.Miss, (await without.LookupAsync("What's a cache?", Token)).Outcome);
        await Assert.ThrowsAsync<HttpRequestException>(() => without.GetOrCreateAsync(Question, _ => throw new HttpRequestException("down"), Token).AsTask());
        Assert.True((await fixture.FailAsync()).IsStale);
    }

    [Fact]
    public async Task HostWithAShorterWindow_KeepsToItsOwn()
    {
        using var fixture = new FailSafeFixture();
        fixture.Inner.Options.FailSafe.StaleIfError = TimeSpan.FromMinutes(1);
        using var shorter = fixture.Inner.NewCache();
        await fixture.ExpireAsync();
        fixture.Inner.Time.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<HttpRequestException>(() => shorter.GetOrCreateAsync(Question, _ => Task.FromException<ChatResponse>(new HttpRequestException("down")), Token).AsTask());
        Assert.True((await fixture.FailAsync()).IsStale);
    }

    [Fact]
    public async Task HostWithTheOption_ReadsEntriesOfAHostWithoutItForTheirLifetime()
    {
        using var fixture = new FailSafeFixture(options => options.FailSafe.StaleIfError = null);
        await fixture.Inner.AskAsync(Question, "old");
        fixture.Inner.Options.FailSafe.StaleIfError = FailSafeFixture.Window;
        using var with = fixture.Inner.NewCache();

        Assert.Equal(SemanticCacheOutcome.ExactHit, (await with.LookupAsync(Question, Token)).Outcome);
        fixture.Inner.Time.Advance(FailSafeFixture.Lifetime);
        Assert.Equal(SemanticCacheReason.NoCandidates, (await with.LookupAsync(Question, Token)).Reason);
    }

    [Fact]
    public async Task Write_OptionOff_WritesTheFormatThatOlderVersionsRead()
    {
        using var off = new FailSafeFixture(options => options.FailSafe.StaleIfError = null);
        using var on = new FailSafeFixture();
        await off.Inner.AskAsync(Question);
        await on.Inner.AskAsync(Question);

        var (plain, kept) = (Assert.Single(off.Inner.Store.Written), Assert.Single(on.Inner.Store.Written));

        Assert.Equal((EntryStateCodec.Kind, EntryStateCodec.KeptKind), (plain.Metadata.Span[5], kept.Metadata.Span[5]));
        Assert.Equal(plain.CreatedAt + FailSafeFixture.Lifetime, plain.ExpiresAt);
        Assert.Equal(kept.CreatedAt + FailSafeFixture.Lifetime + FailSafeFixture.Window, kept.ExpiresAt);
        Assert.Null(EntryStateCodec.FreshUntil(plain.Metadata.Span));
        Assert.Equal(kept.CreatedAt + FailSafeFixture.Lifetime, EntryStateCodec.FreshUntil(kept.Metadata.Span));
    }

    [Fact]
    public void TryDecode_KeptStateTruncatedOrChanged_IsNull()
    {
        var key = new Digest(System.Security.Cryptography.SHA256.HashData("key"u8));
        var state = new EntryState { Nonce = EntryId.New("p", "q").Nonce, Question = Question };
        var created = DateTimeOffset.UnixEpoch;
        var bytes = EntryStateCodec.Encode(state, key, created, created.AddHours(1), isKept: true);
        Assert.Equal(Question, EntryStateCodec.TryDecode(bytes, key)!.Question);

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(EntryStateCodec.TryDecode(bytes.AsSpan(0, length), key));
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.Null(EntryStateCodec.TryDecode(bytes, key));
            bytes[i] ^= 1;
        }
    }
}
