using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.Engines.Tests.Replay;
using RagCaching.VectorData.Tests.Memory;
using RagCaching.VectorData.Tests.Postgres;

namespace RagCaching.VectorData.Tests.Replay;

/// <summary>The same questions in the same order are the same hits, in memory and in a vector database.</summary>
public sealed class VectorDataReplayTests(PgliteServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("memory")]
    [InlineData("postgres")]
    public async Task Replay_OfAThousandQuestions_AgreesWithTheStoreInMemory(string kind)
    {
        Microsoft.Extensions.VectorData.VectorStore database = kind == "memory" ? new MemoryVectorStore() : await server.NewStoreOrSkipAsync();
        await using var reference = Build(_ => { });
        var expected = await ReplayAsync(reference);
        Assert.InRange(expected.Count(result => result.Outcome == SemanticCacheOutcome.SemanticHit), 100, 900);
        Assert.InRange(expected.Count(result => result.Outcome == SemanticCacheOutcome.ExactHit), 50, 900);

        await using var services = Build(builder => builder.UseVectorData(database));
        var results = await ReplayAsync(services);

        Agrees(expected, results);

        // Another instance finds what the first one has left: all of it is a hit.
        await using var second = Build(builder => builder.UseVectorData(database));
        await using var again = Build(builder => builder.UseVectorStore(_ => reference.GetRequiredService<IVectorStore>()));
        Agrees(await ReplayAsync(again), await ReplayAsync(second));
    }

    private static void Agrees(List<(SemanticCacheOutcome Outcome, string Text)> expected, List<(SemanticCacheOutcome Outcome, string Text)> results)
    {
        var pairs = expected.Zip(results).ToArray();
        Assert.DoesNotContain(pairs, pair => pair.First.Outcome == SemanticCacheOutcome.ExactHit && pair.First != pair.Second);
        Assert.InRange(pairs.Count(pair => pair.First == pair.Second), 990, 1_000);

        // Whatever was asked before in the same words is a hit.
        var asked = new HashSet<string>();
        Assert.DoesNotContain(QuestionStream.Questions.Zip(results), pair => !asked.Add(pair.First) && pair.Second.Outcome is not (SemanticCacheOutcome.ExactHit or SemanticCacheOutcome.SemanticHit));
    }

    private static ServiceProvider Build(Action<IRagCachingBuilder> configure)
    {
        var services = new ServiceCollection().AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new WordEmbeddings());
        configure(services.AddRagCaching(options =>
        {
            options.ShareAcrossCallers = true;
            options.MinimumSimilarity = 0.9f;

            // A busy machine must not decide what is a hit.
            options.Limits.LookupTimeout = TimeSpan.FromMinutes(1);
        }));
        return services.BuildServiceProvider();
    }

    private static async Task<List<(SemanticCacheOutcome Outcome, string Text)>> ReplayAsync(ServiceProvider services)
    {
        var cache = services.GetRequiredService<ISemanticCache>();
        var results = new List<(SemanticCacheOutcome, string)>();
        foreach (var question in QuestionStream.Questions)
        {
            var result = await cache.GetOrCreateAsync(
                new SemanticCacheQuery(question),
                (_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, $"answer to {question}")) { FinishReason = ChatFinishReason.Stop }),
                Token);
            results.Add((result.Outcome, result.Response!.Text));
        }

        return results;
    }
}
