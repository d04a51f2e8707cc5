using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RagCaching.LatencyLab.Checks;
using RagCaching.LatencyLab.Cli;
using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Report;
using RagCaching.LatencyLab.Server;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>Serves the owner's page over a cache with traffic, until it is stopped; or, in short, plays the traffic once and looks at the page.</summary>
/// <remarks>Open to everybody, with texts: it listens on this machine only, and what it holds are the lab's own questions.</remarks>
internal static class DashboardScene
{
    private const float Threshold = 0.8f;
    private const string Path = "/rag-cache";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static async Task<IReadOnlyList<CheckResult>> RunAsync(
        LabOptions options, LabModels local, StandInLatencies latencies, Narrator narrator, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var server = await ModelServer.StartAsync(local.Encoder, local.Answerer, latencies, time, cancellationToken);
        using var models = new ModelProvider(ProviderSettings.Of(server), options.EmbedsLocally ? local.Encoder : null, time);
        await using var application = Host(models, options.Receiver);
        await application.StartAsync(cancellationToken);
        var address = new Uri(new Uri(application.Urls.First()), Path);
        var questions = QuestionSet.Load(System.IO.Path.Combine(AppContext.BaseDirectory, "Questions", "questions.json")).Texts.Select(text => text.Text).ToArray();
        var client = application.Services.GetRequiredService<IChatClient>();
        var random = new Random(options.Seed);
        for (var i = 0; i < options.Requests; i++)
        {
            await AskAsync(client, questions, random, cancellationToken);
        }

        narrator.Say($"The owner's page is at {address}, the metrics for Prometheus are at {new Uri(address, LabTelemetry.Metrics)}. {(options.Short ? "It is looked at once." : "Questions go on until Ctrl+C.")}");
        if (options.Short)
        {
            return await LookAsync(address, options.Requests, cancellationToken);
        }

        while (!cancellationToken.IsCancellationRequested)
        {
            await AskAsync(client, questions, random, cancellationToken);
            await Task.Delay(Pause, time, cancellationToken);
        }

        return [];
    }

    private static Task<ChatResponse> AskAsync(IChatClient client, string[] questions, Random random, CancellationToken cancellationToken) =>
        client.GetResponseAsync(questions[random.Next(questions.Length)], cancellationToken: cancellationToken);

    private static async Task<IReadOnlyList<CheckResult>> LookAsync(Uri address, int requests, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var page = await http.GetStringAsync(address, cancellationToken);
        var statistics = await http.GetFromJsonAsync<JsonElement>(address + "/statistics", cancellationToken);
        var entries = await http.GetFromJsonAsync<JsonElement>(address + "/entries?limit=1", cancellationToken);
        var metrics = await http.GetStringAsync(new Uri(address, LabTelemetry.Metrics), cancellationToken);
        var seen = statistics.GetProperty("outcomes").EnumerateObject().Sum(outcome => outcome.Value.GetInt64());
        return
        [
            new("The owner's page is served", $"{page.Length} characters", page.Contains("<h1>Answers from the cache</h1>", StringComparison.Ordinal)),
            new("Its figures are those of the traffic", $"{seen} requests of {requests}", seen == requests),
            new("Prometheus finds its metrics", $"{metrics.Length} characters", metrics.Contains("ragcaching_cache_requests_total{", StringComparison.Ordinal)),
            new("It lists what is stored", $"{entries.GetProperty("entries").GetArrayLength()} answer", entries.GetProperty("entries").GetArrayLength() == 1),
        ];
    }

    private static WebApplication Host(ModelProvider models, Uri? receiver)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.AddEmbeddingGenerator(models.CreateEmbedder());
        builder.Services.AddChatClient(models.CreateChatClient()).UseSemanticCache();
        builder.Services.AddRagCaching(settings =>
        {
            settings.ShareAcrossCallers = true;
            settings.MinimumSimilarity = Threshold;
        }).UseModelPrices(_ => new ModelPrice { InputPerMillionTokens = 2, OutputPerMillionTokens = 8 }).AddDecisionLog();
        LabTelemetry.Add(builder.Services, receiver);
        var application = builder.Build();
        LabTelemetry.Map(application);
        application.MapRagCaching(Path, page => (page.AllowAnonymous, page.EnableSensitiveData, page.AllScopes) = (true, true, true));
        return application;
    }
}
