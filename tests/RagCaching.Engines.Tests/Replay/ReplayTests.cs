using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.Engines.Tests.Postgres;
using RagCaching.Engines.Tests.Redis;

namespace RagCaching.Engines.Tests.Replay;

/// <summary>The same questions in the same order are the same hits, wherever the answers are kept.</summary>
public sealed class ReplayTests(PostgresServer postgres, SharedRedis redis) : IDisposable
{
    private readonly JournalUnderTest _journal = new(postgres, redis);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _journal.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    [InlineData("postgres")]
    public async Task Replay_OfAThousandQuestions_IsTheSameOnEveryEngine(string engine)
    {
        await using var memory = Build(_ => { });
        await using var again = Build(builder => builder.UseVectorStore(_ => memory.GetRequiredService<IVectorStore>()));
        var expected = await ReplayAsync(memory);
        var expectedAgain = await ReplayAsync(again);
        Assert.InRange(expected.Count(result => result.StartsWith("SemanticHit", StringComparison.Ordinal)), 100, 900);
        Assert.InRange(expected.Count(result => result.StartsWith("Miss", StringComparison.Ordinal)), 100, 900);

        var useEngine = await _journal.PrepareAsync(engine);
        await using (var first = Build(useEngine))
        {
            Assert.Equal(expected, await ReplayAsync(first));
        }

        // Another instance, which has nothing but what the journal gives it, newest first.
        await using var second = Build(useEngine);
        Assert.Equal(expectedAgain, await ReplayAsync(second));
    }

    private static ServiceProvider Build(Action<IRagCachingBuilder> configure)
    {
        var services = new ServiceCollection().AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new WordEmbeddings());
        configure(services.AddRagCaching(options =>
        {
            options.ShareAcrossCallers = true;
            options.MinimumSimilarity = 0.9f;
        }));
        return services.BuildServiceProvider();
    }

    private static async Task<List<string>> ReplayAsync(ServiceProvider services)
    {
        if (services.GetRequiredService<IVectorStore>() is JournaledVectorStore store)
        {
            await store.WhenLoadedAsync(Token);
        }

        var cache = services.GetRequiredService<ISemanticCache>();
        var results = new List<string>();
        foreach (var question in QuestionStream.Questions)
        {
            var result = await cache.GetOrCreateAsync(
                new SemanticCacheQuery(question),
                (_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, $"answer to {question}")) { FinishReason = ChatFinishReason.Stop }),
                Token);
            results.Add($"{result.Outcome}: {result.Response!.Text}");
        }

        return results;
    }
}
