using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.Engines.Tests.Postgres;
using RagCaching.Engines.Tests.Redis;

namespace RagCaching.Engines.Tests.Replay;

/// <summary>What an engine keeps past its lifetime stands in for a model that fails, also in an instance that was not there when it was stored.</summary>
public sealed class StaleAnswersTests(PostgresServer postgres, SharedRedis redis) : IDisposable
{
    private const string Question = "What is a cache?";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan Window = TimeSpan.FromDays(1);

    private readonly JournalUnderTest _journal = new(postgres, redis);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _journal.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    [InlineData("postgres")]
    public async Task GetOrCreate_ModelFailsInALaterInstance_ServesWhatTheEngineKept(string engine)
    {
        var useEngine = await _journal.PrepareAsync(engine);
        await using (var first = await StartAsync(useEngine, later: TimeSpan.Zero))
        {
            await AskAsync(first, () => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "A memory.")) { FinishReason = ChatFinishReason.Stop }));
            await first.GetRequiredService<ISemanticCacheManager>().FlushAsync(Token);
        }

        await using (var second = await StartAsync(useEngine, later: Lifetime * 2))
        {
            var result = await AskAsync(second, static () => throw new HttpRequestException("The model is away."));

            Assert.Equal((SemanticCacheOutcome.Stale, SemanticCacheReason.ModelFailed, "A memory."), (result.Outcome, result.Reason, result.Response!.Text));
        }

        await using var third = await StartAsync(useEngine, later: Lifetime + Window + TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(third, static () => throw new HttpRequestException("The model is away.")));
    }

    private static async Task<ServiceProvider> StartAsync(Action<IRagCachingBuilder> useEngine, TimeSpan later)
    {
        var services = new ServiceCollection().AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new WordEmbeddings()).AddSingleton<TimeProvider>(new LaterTime(later));
        useEngine(services.AddRagCaching(options =>
        {
            options.ShareAcrossCallers = true;
            options.TimeToLive = Lifetime;
            options.FailSafe.StaleIfError = Window;
        }));
        var provider = services.BuildServiceProvider();
        await ((JournaledVectorStore)provider.GetRequiredService<IVectorStore>()).WhenLoadedAsync(Token);
        return provider;
    }

    private static async Task<SemanticCacheResult> AskAsync(ServiceProvider services, Func<Task<ChatResponse>> model) =>
        await services.GetRequiredService<ISemanticCache>().GetOrCreateAsync(Question, (_, _) => model(), Token);

    /// <summary>The clock of the machine, which is late.</summary>
    private sealed class LaterTime(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + later;
    }
}
