using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Holdouts;

public sealed class HoldoutTests : IDisposable
{
    private const string Question = "What is a cache?";
    private const string Reworded = "What, please, is a cache?";

    private readonly MoneyFixture _fixture = new(options => options.HoldoutRate = 0.5);

    public HoldoutTests()
    {
        _fixture.Inner.Comparer = new TestComparer();
        _fixture.Inner.SameMeaning(Question, Reworded);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(Question)]
    [InlineData(Reworded)]
    public async Task Hit_Drawn_IsAnsweredAnewAndComparedAndNothingIsStored(string question)
    {
        await _fixture.AskAsync(Question, "old");
        _fixture.Inner.Draw = () => 0.49;

        var same = await _fixture.AskAsync(question, "old");
        var other = await _fixture.AskAsync(question, "new");

        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.HeldOut, "new"), (other.Outcome, other.Reason, other.Response!.Text));
        Assert.Null(same.EntryId);
        Assert.Equal(new HoldoutStatistics(2, 1, 1), _fixture.Statistics.Holdouts);
        Assert.Equal(new ModelUse(2, 200, 20, 0.3m), _fixture.Balance.SpentFor(SpendingPurpose.Audit));
        Assert.Equal(-_fixture.Balance.SpentFor(SpendingPurpose.Embedding).Cost, _fixture.Balance.NetBenefit);

        _fixture.Inner.Draw = () => 0.5;
        Assert.Equal("old", (await _fixture.AskAsync(question, "third")).Response!.Text);
    }

    [Fact]
    public async Task Stream_Drawn_GetsTheNewAnswer()
    {
        await _fixture.AskAsync(Question, "old");
        _fixture.Inner.Draw = () => 0;
        var model = new StreamDouble();
        var result = await _fixture.Inner.Cache.GetOrStreamAsync(Question, model.StreamAsync, Token);
        var reading = result.ToChatResponseAsync(Token);
        var call = await model.NextCallAsync();
        call.Write("new");
        call.Finish();

        Assert.Equal("new", (await reading).Text);
        Assert.Equal(SemanticCacheReason.HeldOut, result.Result.Reason);
        Assert.Equal(new HoldoutStatistics(1, 0, 1), _fixture.Statistics.Holdouts);
    }

    [Fact]
    public async Task Hit_DrawnAndTheModelFails_IsServedTheStoredAnswer()
    {
        await _fixture.AskAsync(Question, "old");
        _fixture.Inner.Draw = () => 0;

        var result = await _fixture.Inner.Cache.GetOrCreateAsync(Question, (_, _) => Task.FromException<ChatResponse>(new HttpRequestException()), Token);

        Assert.Equal((SemanticCacheOutcome.ExactHit, "old"), (result.Outcome, result.Response!.Text));
        Assert.Equal(new HoldoutStatistics(1, 0, 0), _fixture.Statistics.Holdouts);
    }

    [Fact]
    public async Task Hit_ThatAPersonApproved_IsNeverHeldOut()
    {
        await _fixture.Inner.Cache.StoreAsync(new SemanticCacheQuery(Question) { IsCurated = true }, MoneyFixture.Answer("approved"), Token);
        _fixture.Inner.Draw = () => 0;

        Assert.Equal("approved", (await _fixture.AskAsync(Question)).Response!.Text);
        Assert.Equal(default, _fixture.Statistics.Holdouts);
    }

    [Fact]
    public async Task Lookup_WithoutAFactory_IsNeverHeldOut()
    {
        await _fixture.AskAsync(Question, "old");
        _fixture.Inner.Draw = () => 0;

        Assert.True((await _fixture.Inner.Cache.LookupAsync(Question, Token)).IsHit);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void HoldoutRate_OutOfRange_IsRefused(double rate)
    {
        using var store = new InMemoryVectorStore();

        var exception = Assert.Throws<OptionsValidationException>(() => new SemanticCache(new TestEmbeddingGenerator(), store, new SemanticCacheOptions { HoldoutRate = rate }));

        Assert.Contains(nameof(SemanticCacheOptions.HoldoutRate), exception.Message, StringComparison.Ordinal);
    }
}
