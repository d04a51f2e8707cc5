using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.LatencyLab.Models;

namespace RagCaching.LatencyLab.Checks;

/// <summary>A pipeline with everything in this process, whose models take no time: what is left is the pipeline's own.</summary>
internal static class OverheadRun
{
    private const int Questions = 200;
    private const int Retrievals = 20;
    private const int Retrievers = 3;

    /// <summary>Measures whole answers to new questions, with searches that take no time.</summary>
    public static async Task<IReadOnlyList<TimeSpan>> TotalsAsync(TimeProvider time, CancellationToken cancellationToken) =>
        [.. (await AskAsync(Questions, TimeSpan.Zero, time, cancellationToken)).Select(answer => answer.Timings.Total)];

    /// <summary>Measures the retrieval of new questions, with searches that take some time each.</summary>
    public static async Task<IReadOnlyList<TimeSpan>> RetrievalsAsync(TimeSpan latency, TimeProvider time, CancellationToken cancellationToken) =>
        [.. (await AskAsync(Retrievals, latency, time, cancellationToken)).Select(answer => answer.Timings.Retrieval)];

    private static async Task<IReadOnlyList<RagAnswer>> AskAsync(int questions, TimeSpan latency, TimeProvider time, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddEmbeddingGenerator(new LocalModels());
        services.AddChatClient(new LocalModels());
        var builder = services.AddRagCaching(options => options.ShareAcrossCallers = true).AddRagPipeline();
        for (var i = 0; i < Retrievers; i++)
        {
            var name = $"source {i}";
            builder.AddRetriever(name, async (request, token) =>
            {
                if (latency > TimeSpan.Zero)
                {
                    await Task.Delay(latency, time, token);
                }

                return [.. Enumerable.Range(0, request.Limit).Select(rank => new RetrievedChunk { Id = $"{name}#{rank}", Text = $"Text {rank} of {name}.", SourceId = name, Score = 1d / (rank + 1) })];
            });
        }

        await using var provider = services.BuildServiceProvider();
        var pipeline = provider.GetRequiredService<RagPipeline>();
        await pipeline.AskAsync("warm-up", cancellationToken: cancellationToken);
        var answers = new List<RagAnswer>();
        for (var i = 0; i < questions; i++)
        {
            answers.Add(await pipeline.AskAsync($"Question {i} about {i * 7}, {i * 13} and {i * 29}?", cancellationToken: cancellationToken));
        }

        return answers;
    }

    /// <summary>Models in this process: the lab's encoder, and an answer that is always the same.</summary>
    private sealed class LocalModels : IChatClient, IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "An answer.")) { FinishReason = ChatFinishReason.Stop });

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("Only whole answers are measured here.");

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(FeatureHashingEncoder.Encode(text)))));

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("lab", null, "local")
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("lab", null, "local", FeatureHashingEncoder.Dimensions)
            : null;

        public void Dispose()
        {
        }
    }
}
