using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.LatencyLab.Checks;
using RagCaching.LatencyLab.Cli;
using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Report;
using RagCaching.LatencyLab.Server;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>What the cache says it has saved and spent is compared with what the server counted, to the call and the token.</summary>
/// <remarks>Questions in several wordings, concurrent callers, a verifier and a comparer that ask the model, and hits that are held out. Texts are embedded by the server.</remarks>
internal static class MoneyScene
{
    private const int Topics = 24;
    private const float Threshold = 0.8f;
    private const double HoldoutRate = 0.2;

    private static readonly string[] Wordings =
    [
        "What does chapter {0} of the handbook say about caches?",
        "What does the handbook say about caches in chapter {0}?",
        "What does chapter {0} of the handbook say about the caches?",
    ];

    public static async Task<IReadOnlyList<CheckResult>> RunAsync(
        LabOptions options, LabModels local, StandInLatencies latencies, Narrator narrator, TimeProvider time, CancellationToken cancellationToken)
    {
        narrator.Say("Scene: savings and spending, compared with what the server counted ...");
        var (tally, mixed, statistics) = await PlayAsync(options, local, latencies, Wordings, isChecked: true, time, cancellationToken);
        var balance = statistics.Balance!;
        narrator.Say($"  {string.Join(", ", tally.Hits.OrderBy(hit => hit.Key).Select(hit => $"{hit.Value} {hit.Key}"))}; {statistics.Holdouts.HeldOut} held out, {statistics.Holdouts.Agreed} agreed");
        narrator.Say($"  net benefit {balance.NetBenefit}, saved {balance.Saved.Cost}, spent {balance.Spent.Cost}, of it on audits {balance.SpentFor(SpendingPurpose.Audit).Cost}");

        var embeddings = balance.SpentFor(SpendingPurpose.Embedding);
        var helpers = ServerUsage.Of(balance.SpentFor(SpendingPurpose.Verification) + balance.SpentFor(SpendingPurpose.Comparison));
        var audits = ServerUsage.Of(balance.SpentFor(SpendingPurpose.Audit));
        var saved = ServerUsage.Of(balance.Saved);

        // The same questions in the same words, so that what a hit saves is what its question would take.
        var (without, plain, _) = await PlayAsync(options, local, latencies, Wordings[..1], isChecked: false, time, cancellationToken, usesCache: false);
        var (_, repeats, repeated) = await PlayAsync(options, local, latencies, Wordings[..1], isChecked: false, time, cancellationToken);
        var bill = repeats.Chat + ServerUsage.Of(repeated.Balance!.Saved);
        return
        [
            Equal("Saved is what the server counted for the answers that were served", saved, tally.Served),
            Equal("Spent on embeddings is what the server counted", new ServerUsage(embeddings.Calls, embeddings.InputTokens, embeddings.OutputTokens), new ServerUsage(mixed.EmbeddingCalls, mixed.EmbeddedTokens, 0)),
            Equal("Spent on verifier and comparer, and what was generated for callers, is all that the server answered", tally.Generated + helpers, mixed.Chat),
            new("Hits that were held out are spent on audits, and are among what was generated", $"{audits}", audits.Calls == statistics.Holdouts.HeldOut && audits.Calls > 0 && audits.InputTokens <= tally.Generated.InputTokens),
            Equal("Repeats: the bill with the cache and what it saved are the bill without it", bill, plain.Chat),
            new("Every purpose and every kind of hit was seen", $"{helpers.Calls} calls of helpers, {without.Generated.Calls} answers without the cache", helpers.Calls > 0 && tally.Hits.ContainsKey(SemanticCacheOutcome.ExactHit) && tally.Hits.ContainsKey(SemanticCacheOutcome.SemanticHit)),
        ];
    }

    private static CheckResult Equal(string name, ServerUsage said, ServerUsage counted) => new(name, $"{said}; the server counted {counted}", said == counted && counted.Calls > 0);

    private static async Task<(MoneyTally Tally, ServerRecords Records, SemanticCacheStatistics Statistics)> PlayAsync(
        LabOptions options, LabModels local, StandInLatencies latencies, string[] wordings, bool isChecked, TimeProvider time, CancellationToken cancellationToken, bool usesCache = true)
    {
        await using var server = await ModelServer.StartAsync(local.Encoder, local.Answerer, latencies, time, cancellationToken);
        using var models = new ModelProvider(ProviderSettings.Of(server), localEncoder: null, time);
        await using var services = Host(models, isChecked);
        var client = usesCache ? services.GetRequiredService<IChatClient>() : models.CreateChatClient();
        var random = new Random(options.Seed);
        var questions = Enumerable.Range(0, options.Requests).Select(_ => string.Format(null, wordings[random.Next(wordings.Length)], random.Next(Topics))).ToArray();
        var responses = new ConcurrentQueue<ChatResponse>();
        await Parallel.ForEachAsync(
            questions,
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken },
            async (question, token) => responses.Enqueue(await client.GetResponseAsync(question, cancellationToken: token)));
        return (MoneyTally.Of(responses, server.Records), server.Records, services.GetRequiredService<ISemanticCacheManager>().GetStatistics());
    }

    private static ServiceProvider Host(ModelProvider models, bool isChecked)
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(models.CreateEmbedder());
        services.AddChatClient(models.CreateChatClient()).UseSemanticCache();
        var cache = services.AddRagCaching(settings =>
        {
            settings.ShareAcrossCallers = true;
            settings.MinimumSimilarity = Threshold;
            settings.HoldoutRate = isChecked ? HoldoutRate : 0;
        });
        cache.UseModelPrices(_ => new ModelPrice { InputPerMillionTokens = 2, OutputPerMillionTokens = 8 });
        if (isChecked)
        {
            var helpers = new MoneyHelpers(models.CreateChatClient());
            cache.AddVerifier(_ => helpers).UseAnswerComparer(_ => helpers);
        }

        return services.BuildServiceProvider();
    }
}
