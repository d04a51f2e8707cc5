using Microsoft.Extensions.AI;
using RagCaching.Chaos.Models;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chaos;

/// <summary>Whichever operation of a store or a model goes wrong, in whichever way: callers are answered, and nothing partial is kept.</summary>
public sealed class EveryOperationTests
{
    private const int Dimensions = 8;

    public static TheoryData<FaultKind> Kinds => [FaultKind.ThrowsAtOnce, FaultKind.FailsAtOnce, FaultKind.FailsAfterwards, FaultKind.ReturnsNull, FaultKind.AnswersGarbage];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static SemanticCache NewCache(FaultPlan store, FaultPlan embedder) => new(
        new ChaosEmbeddingGenerator("model", Dimensions, text => TestEmbeddingGenerator.RandomVector(text, Dimensions), embedder),
        new ChaosVectorStore(new InMemoryVectorStore(), store),
        new SemanticCacheOptions { ShareAcrossCallers = true });

    private static ChatResponseUpdate[] PiecesOf(string text) =>
        [.. text.Select((letter, i) => new ChatResponseUpdate(ChatRole.Assistant, $"{letter}") { MessageId = "m", FinishReason = i == text.Length - 1 ? ChatFinishReason.Stop : null })];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Cache_AnyOperationOfTheStoreGoesWrong_AnswersEveryCaller(FaultKind kind)
    {
        var operations = await EveryOperation.FailsAsync(
            async (plan, _) =>
            {
                await using var cache = NewCache(plan, new FaultPlan());
                foreach (var question in (string[])["one", "two", "one", "three"])
                {
                    var result = await cache.GetOrCreateAsync(question, (_, _) => Task.FromResult(CacheFixture.Answer($"answer to {question}")), Token);
                    Assert.Equal($"answer to {question}", result.Response!.Text);
                }
            },
            kind);

        Assert.InRange(operations, 8, 100);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Cache_AnyCallOfTheEmbeddingModelGoesWrong_AnswersEveryCaller(FaultKind kind) => await EveryOperation.FailsAsync(
        async (plan, _) =>
        {
            await using var cache = NewCache(new FaultPlan(), plan);
            foreach (var question in (string[])["one", "two", "one"])
            {
                var result = await cache.GetOrCreateAsync(question, (_, _) => Task.FromResult(CacheFixture.Answer($"answer to {question}")), Token);
                Assert.Equal($"answer to {question}", result.Response!.Text);
            }
        },
        kind);

    [Theory]
    [InlineData(FaultKind.ThrowsAtOnce)]
    [InlineData(FaultKind.FailsAtOnce)]
    [InlineData(FaultKind.FailsAfterwards)]
    public async Task ChatClient_AnyPieceOfAStreamFails_TellsItsCallerAndKeepsNothing(FaultKind kind) => await EveryOperation.FailsAsync(
        async (plan, failing) =>
        {
            await using var cache = NewCache(new FaultPlan(), new FaultPlan());
            using var model = new ChaosChatClient((_, _) => PiecesOf("answer"), plan);
            using var client = new ChatClientBuilder(model).UseSemanticCache(cache).Build();
            var reading = ReadAsync();
            if (failing == 0)
            {
                Assert.Equal("answer", await reading);
            }
            else
            {
                await Assert.ThrowsAsync<IOException>(() => reading);
                plan.Heal();
                Assert.Equal("answer", await ReadAsync());
            }

            async Task<string> ReadAsync()
            {
                var text = "";
                await foreach (var update in client.GetStreamingResponseAsync("question", cancellationToken: Token))
                {
                    text += update.Text;
                }

                return text;
            }
        },
        kind);

    [Fact]
    public async Task FailsAsync_AScenarioThatDoesNotHold_NamesTheOperation()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => EveryOperation.FailsAsync(async (plan, _) =>
        {
            await plan.RunAsync("first", _ => default, Token);
            await plan.RunAsync("second", _ => default, Token);
        }));

        Assert.Contains("operation 1 of 2", exception.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(exception.InnerException);
        await Assert.ThrowsAsync<InvalidOperationException>(() => EveryOperation.FailsAsync((_, _) => Task.CompletedTask));
    }
}
