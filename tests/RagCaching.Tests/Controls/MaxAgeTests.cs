using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Controls;

public sealed class MaxAgeTests : IDisposable
{
    private const string Question = "What is a cache?";
    private const string Reworded = "What, please, is a cache?";

    private readonly CacheFixture _fixture = new();

    public MaxAgeTests() => _fixture.SameMeaning(Question, Reworded);

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(Question)]
    [InlineData(Reworded)]
    public async Task Answer_OlderThanTheQueryAllows_IsAMissForThisQueryOnly(string question)
    {
        await _fixture.AskAsync(Question, "old");
        _fixture.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.True((await LookupAsync(question, TimeSpan.FromMinutes(10))).IsHit);
        Assert.Equal(SemanticCacheReason.TooOld, (await LookupAsync(question, TimeSpan.FromMinutes(9))).Reason);
        Assert.True((await LookupAsync(question, maxAge: null)).IsHit);
        Assert.Equal(SemanticCacheReason.TooOld, (await LookupAsync(question, TimeSpan.FromMinutes(9))).Reason);
    }

    [Fact]
    public async Task Answer_TooOldAndMadeAnew_ReplacesTheOldOne()
    {
        await _fixture.AskAsync(Question, "old");
        _fixture.Time.Advance(TimeSpan.FromMinutes(10));
        await _fixture.AskAsync(new SemanticCacheQuery(Question) { MaxAge = TimeSpan.FromMinutes(1) }, "new");

        Assert.Equal("new", (await _fixture.AskAsync(Question)).Response!.Text);
    }

    [Fact]
    public async Task MaxAge_Negative_IsRefusedWithItsValue()
    {
        var exception = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await LookupAsync(Question, TimeSpan.FromSeconds(-1)));

        Assert.Contains("MaxAge must not be negative", exception.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(-1), exception.ActualValue);
    }

    [Fact]
    public async Task ChatRequest_MaxAgeAndExactOnly_AreThoseOfTheQuery()
    {
        var client = new TestChatClient();
        using var cached = client.AsBuilder().UseSemanticCache(_fixture.Cache).Build(_fixture.Services);
        await cached.GetResponseAsync(Question, cancellationToken: TestContext.Current.CancellationToken);
        _fixture.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(SemanticCacheReason.TooOld, await ReasonAsync(Question, request => request.MaxAge = TimeSpan.FromMinutes(1)));
        Assert.Equal(SemanticCacheReason.NoCandidates, await ReasonAsync(Reworded, request => request.ExactOnly = true));

        async Task<SemanticCacheReason> ReasonAsync(string question, Action<SemanticCacheChatControls> configure)
        {
            var options = new ChatOptions().WithSemanticCache(configure);
            return (await cached.GetResponseAsync(question, options, TestContext.Current.CancellationToken)).GetSemanticCacheResult()!.Reason;
        }
    }

    private ValueTask<SemanticCacheResult> LookupAsync(string question, TimeSpan? maxAge) =>
        _fixture.Cache.LookupAsync(new SemanticCacheQuery(question) { MaxAge = maxAge }, TestContext.Current.CancellationToken);
}
