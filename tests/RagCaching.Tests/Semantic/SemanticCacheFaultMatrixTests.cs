using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic;

/// <summary>Each operation of the store goes wrong in each way: everybody who asks has the right answer, and the cache is whole again afterwards.</summary>
public sealed class SemanticCacheFaultMatrixTests
{
    private static readonly CacheScope First = CacheScope.For("first");
    private static readonly CacheScope Second = CacheScope.For("second");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultKind.ThrowsAtOnce)]
    [InlineData(FaultKind.FailsAtOnce)]
    [InlineData(FaultKind.FailsLater)]
    [InlineData(FaultKind.HangsUntilCancelled)]
    [InlineData(FaultKind.IgnoresItsToken)]
    public async Task TheNthOperation_OfTheStoreGoesWrong_ForEveryNAndWayTheAnswerIsRight(FaultKind fault)
    {
        var operations = await RunAsync(FaultKind.None, failingOperation: 0);
        Assert.True(operations > 20, $"The script has only {operations} operations.");

        for (var n = 1; n <= operations; n++)
        {
            await RunAsync(fault, n);
        }
    }

    private static async Task<int> RunAsync(FaultKind fault, int failingOperation)
    {
        using var fixture = new CacheFixture();
        fixture.SameMeaning("What is a cache?", "What does cache mean?");
        var plan = new FaultPlan { FailingOperation = failingOperation, FailingKind = fault };
        if (fault == FaultKind.FailsLater)
        {
            plan.Before = static async _ => await Task.Yield();
            plan.Release.SetResult();
        }

        await using var cache = fixture.NewCache(store: new ChaosVectorStore(fixture.Store, plan));
        var script = new Script(fixture, cache, plan, $"{fault} at operation {failingOperation}");

        await script.AskAsync("What is a cache?", First);
        await script.AskAsync("What is a cache?", First);
        await script.AskAsync("What does cache mean?", First);
        var found = await script.LookupAsync("What does cache mean?", First);
        await script.AskAsync("What is a cache?", Second);
        await script.StreamAsync("Where is Oslo?", First);
        await script.StreamAsync("Where is Oslo?", First);
        await script.ManageAsync(async token => await cache.ReportAsync(found.EntryId ?? "", "What does cache mean?", correct: false, First, token));
        await script.AskAsync("What does cache mean?", First);
        await script.AskAsync("What is a cache?", First, SemanticCacheMode.Refresh);
        await script.ManageAsync(async token => await cache.RemoveWhereAsync(new EntryFilter { Scope = First, Tag = "tag" }, token));
        await script.AskAsync("What is a cache?", First);
        var operations = plan.Operations;

        // Long enough for whatever keeps the cache from a store that was down.
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await script.AskAsync("Is it whole again?", First);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await script.AskAsync("Is it whole again?", First);
        Assert.Equal(SemanticCacheOutcome.ExactHit, (await script.AskAsync("Is it whole again?", First)).Outcome);
        return operations;
    }

    private sealed class Script(CacheFixture fixture, SemanticCache cache, FaultPlan plan, string name)
    {
        public async Task<SemanticCacheResult> AskAsync(string question, CacheScope scope, SemanticCacheMode mode = SemanticCacheMode.ReadWrite)
        {
            var expected = AnswerTo(question, scope);
            var query = new SemanticCacheQuery(question) { Scope = scope, Mode = mode, Tags = ["tag"] };
            var result = await FinishAsync(cache.GetOrCreateAsync(query, (_, _) => Task.FromResult(CacheFixture.Answer(expected)), Token).AsTask());
            Assert.True(result.Response!.Text == expected, $"{name}: '{question}' has the answer '{result.Response.Text}'.");
            return result;
        }

        public async Task<SemanticCacheResult> LookupAsync(string question, CacheScope scope)
        {
            var result = await FinishAsync(cache.LookupAsync(new SemanticCacheQuery(question) { Scope = scope }, Token).AsTask());
            Assert.True(!result.IsHit || result.Response!.Text == AnswerTo(question, scope), $"{name}: '{question}' has the answer '{result.Response?.Text}'.");
            return result;
        }

        public async Task StreamAsync(string question, CacheScope scope)
        {
            var text = await FinishAsync(ReadAsync(new SemanticCacheQuery(question) { Scope = scope, Tags = ["tag"] }, AnswerTo(question, scope)));
            Assert.True(text == AnswerTo(question, scope), $"{name}: '{question}' has the answer '{text}'.");
        }

        // Who manages entries is told that the store is down, and may stop waiting for one that hangs.
        public async Task ManageAsync(Func<CancellationToken, Task> action)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromHours(1), fixture.Time);
            try
            {
                await FinishAsync(CompleteAsync());
            }
            catch (Exception exception) when (exception is IOException or TimeoutException || (exception as OperationCanceledException)?.CancellationToken == patience.Token)
            {
                Assert.NotEqual(FaultKind.None, plan.FailingKind);
            }

            async Task<bool> CompleteAsync()
            {
                await action(patience.Token);
                return true;
            }
        }

        private static string AnswerTo(string question, CacheScope scope) =>
            $"{(question.Contains("cache", StringComparison.Ordinal) ? "cache" : question)} of {(ReferenceEquals(scope, First) ? "first" : "second")}";

        private async Task<string> ReadAsync(SemanticCacheQuery query, string answer)
        {
            var text = "";
            await foreach (var update in await cache.GetOrStreamAsync(query, (_, _) => CacheFixture.Answer(answer).ToChatResponseUpdates().ToAsyncEnumerable(), Token))
            {
                text += update.Text;
            }

            return text;
        }

        // Time passes only for what hangs; what was begun meanwhile may run into its limit too, and that is a miss like any other.
        private async Task<TResult> FinishAsync<TResult>(Task<TResult> task)
        {
            await Task.WhenAny(task, plan.Hangs);
            for (var passes = 0; !task.IsCompleted; passes++)
            {
                Assert.True(passes < 1_000_000, $"{name}: does not end.");
                fixture.Time.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Yield();
            }

            return await task;
        }
    }
}
