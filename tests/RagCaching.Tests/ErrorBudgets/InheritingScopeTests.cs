using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.ErrorBudgets;

public sealed class InheritingScopeTests
{
    private const int Others = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetOrCreate_NewScopeAfterOthersHaveLearnt_ServesEarlierIfItMayInherit(bool mayInherit)
    {
        using var host = new Host(budget => budget.InheritFromOtherScopes = mayInherit);
        for (var tenant = 0; tenant < Others; tenant++)
        {
            await host.AskAsync(tenant, 500);
        }

        var (first, wrong) = await host.AskAsync(Others, 500);

        Assert.Equal(mayInherit, host.StatisticsOf(Others).HasInherited);
        Assert.False(host.StatisticsOf(0).HasInherited);
        Assert.Equal(0, wrong);
        if (mayInherit)
        {
            Assert.InRange(first, 1, 99);
        }
        else
        {
            // The first fit of a scope alone needs a hundred labels.
            Assert.True(first > 100, $"The first hit was request {first}.");
        }
    }

    [Fact]
    public async Task GetOrCreate_OwnerWantsNoPrior_InheritsNothing()
    {
        using var host = new Host(budget => budget.UsePrior(ErrorBudgetPrior.None));
        for (var tenant = 0; tenant < Others; tenant++)
        {
            await host.AskAsync(tenant, 400);
        }

        await host.AskAsync(Others, 1);

        Assert.False(host.StatisticsOf(Others).HasInherited);
    }

    [Fact]
    public async Task RemoveWhere_AnAnswersScope_TakesBackWhatItHandedOn()
    {
        using var host = new Host(_ => { });
        for (var tenant = 0; tenant < Others; tenant++)
        {
            await host.AskAsync(tenant, 400);
        }

        await host.Cache.RemoveWhereAsync(new EntryFilter { Scope = Host.ScopeOf(0) }, Token);
        await host.AskAsync(Others, 1);

        Assert.False(host.StatisticsOf(Others).HasInherited);
    }

    /// <summary>A cache for several tenants, each with topics of its own.</summary>
    private sealed class Host : IDisposable
    {
        private const int Topics = 12;

        private readonly CacheFixture _fixture;

        public Host(Action<ErrorBudgetOptions> configure)
        {
            var budget = new ErrorBudgetOptions { MaxErrorRate = 0.05 };
            configure(budget);
            _fixture = new CacheFixture(options => options.ErrorBudget = budget) { Comparer = new TestComparer() };
        }

        public SemanticCache Cache => _fixture.Cache;

        public static CacheScope ScopeOf(int tenant) => CacheScope.For($"tenant {tenant}");

        public ErrorBudgetStatistics StatisticsOf(int tenant) => Cache.GetStatistics(ScopeOf(tenant)).ErrorBudget!;

        /// <summary>Asks new questions: two in three are near their topic and have its answer, the others seem to be and have their own.</summary>
        /// <returns>The number of the first request that was served by meaning, and how many were served wrongly.</returns>
        public async Task<(int First, int Wrong)> AskAsync(int tenant, int requests)
        {
            var random = new Random(tenant);
            var (first, wrong) = (0, 0);
            for (var i = 0; i < requests; i++)
            {
                var isOdd = i % 3 == 0;
                var topic = $"tenant{tenant} topic{random.Next(Topics)}";
                var question = $"question {i} about {topic}";
                _fixture.NearMeaning(question, topic, isOdd ? 1.1f : 0.4f);
                var right = isOdd ? $"answer to {question}" : $"answer to {topic}";
                var result = await Cache.GetOrCreateAsync(new SemanticCacheQuery(question) { Scope = ScopeOf(tenant) }, _ => Task.FromResult(CacheFixture.Answer(right)), Token);
                await Cache.FlushAsync(Token);
                if (result.Outcome == SemanticCacheOutcome.SemanticHit)
                {
                    first = first == 0 ? i + 1 : first;
                    wrong += result.Response!.Text == right ? 0 : 1;
                }
            }

            return (first, wrong);
        }

        public void Dispose()
        {
            Cache.Dispose();
            _fixture.Dispose();
        }
    }
}
