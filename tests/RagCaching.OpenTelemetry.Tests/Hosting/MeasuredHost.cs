using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.OpenTelemetry.Tests.Hosting;

/// <summary>A web application with a cache and a pipeline, whose measurements are collected.</summary>
internal sealed class MeasuredHost : IAsyncDisposable
{
    /// <summary>The collection of the tests that have one. A listener hears the meters of all hosts of a process, and takes those of the same name for one: a host that ends would silence another.</summary>
    public const string OneAtATime = "measured hosts";

    private const string Topic = "What is the capital of France?";
    private const string Reworded = "Which city is the capital of France?";
    private const string OtherYear = "What was the capital of France in 1940?";
    private const string Near = "What is the capital of Spain?";

    private readonly WebApplication _application;
    private int _asked;

    private MeasuredHost(WebApplication application) => _application = application;

    public IServiceProvider Services => _application.Services;

    public Uri Address => new(_application.Urls.First());

    public static async Task<MeasuredHost> StartAsync(Action<MeterProviderBuilder> metrics, Action<TracerProviderBuilder> traces, Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddEmbeddingGenerator(new TestEmbeddingGenerator { Vector = VectorOf });
        builder.Services.AddChatClient(new Answerer());
        builder.Services.AddRagCaching(options =>
        {
            options.ShareAcrossCallers = true;
            options.MinimumSimilarity = 0.9f;
            options.Prices.Add(new ModelPrice { Model = Answerer.Model, InputPerMillionTokens = 5, OutputPerMillionTokens = 15 });
            options.Prices.Add(new ModelPrice { Model = "test-model", InputPerMillionTokens = 20 });
        }).AddRagPipeline().AddRetriever("documents", (_, _) => ValueTask.FromResult<IReadOnlyList<RetrievedChunk>>([new RetrievedChunk { Id = "c1", Text = "Paris is the capital.", SourceId = "atlas" }]));
        builder.Services.AddOpenTelemetry().WithMetrics(metrics).WithTracing(traces);
        var application = builder.Build();
        map?.Invoke(application);
        await application.StartAsync();
        return new MeasuredHost(application);
    }

    /// <summary>Asks: a new question, the same again, one in other words, one that a guard refuses, one that is not near enough; and the pipeline.</summary>
    public async Task PlayAsync()
    {
        var cache = Services.GetRequiredService<ISemanticCache>();
        foreach (var question in (string[])[Topic, Topic, Reworded, OtherYear, Near])
        {
            await cache.GetOrCreateAsync(question, _ => Task.FromResult(Answerer.Answer()), TestContext.Current.CancellationToken);
        }

        await Services.GetRequiredService<RagPipeline>().AskAsync($"Question {_asked++}?", cancellationToken: TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static float[] VectorOf(string text)
    {
        var cosine = text switch { Topic => 1, Reworded or OtherYear => 0.97f, Near => 0.88f, _ => 0 };
        var vector = new float[16];
        vector[0] = cosine;
        vector[text switch { Near => 2, OtherYear => 3, Reworded => 4, _ => 1 }] = MathF.Sqrt(1 - (cosine * cosine));
        return vector;
    }

    /// <summary>Says the same to everything.</summary>
    private sealed class Answerer : IChatClient
    {
        public const string Model = "gpt-test";

        public static ChatResponse Answer() => new(new ChatMessage(ChatRole.Assistant, "Paris."))
        {
            FinishReason = ChatFinishReason.Stop,
            ModelId = Model,
            Usage = new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 200 },
        };

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => Task.FromResult(Answer());

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            {
                yield return update;
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
