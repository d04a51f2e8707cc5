using Microsoft.Extensions.AI;

namespace RagCaching.Tests.TestDoubles;

/// <summary>A cache whose answers cost something: a model with 100 input and 10 output tokens for each answer, and an embedding model with one token for each text.</summary>
internal sealed class MoneyFixture : IDisposable
{
    public const string Model = "chat";
    public const string EmbeddingModel = "test-model";

    public MoneyFixture(Action<SemanticCacheOptions>? configure = null) => Inner = new CacheFixture(options =>
    {
        options.Prices.Add(new ModelPrice { Model = Model, InputPerMillionTokens = 1_000, OutputPerMillionTokens = 5_000 });
        options.Prices.Add(new ModelPrice { Model = EmbeddingModel, InputPerMillionTokens = 100 });
        configure?.Invoke(options);
    });

    public CacheFixture Inner { get; }

    /// <summary>Gets the model calls for answers.</summary>
    public int Calls { get; private set; }

    public SemanticCacheStatistics Statistics => Inner.Cache.GetStatistics();

    public SemanticCacheBalance Balance => Statistics.Balance!;

    public static ChatResponse Answer(string text, string? model = Model) =>
        new(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = ChatFinishReason.Stop, ModelId = model, Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 10 } };

    public async Task<SemanticCacheResult> AskAsync(SemanticCacheQuery query, string answer = "an answer", string? model = Model) => await Inner.Cache.GetOrCreateAsync(
        query,
        (_, _) =>
        {
            Calls++;
            return Task.FromResult(Answer(answer, model));
        },
        TestContext.Current.CancellationToken);

    public void Dispose() => Inner.Dispose();
}
