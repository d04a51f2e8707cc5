using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.LatencyLab.Checks;
using RagCaching.LatencyLab.Cli;
using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Report;
using RagCaching.LatencyLab.Server;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>The provider is killed in mid-traffic and started again, with and without <see cref="FailSafeOptions.StaleIfError"/>.</summary>
/// <remarks>Answers live for a second, so that all of them expire while the provider is away. Chat and embeddings are at the same provider where the encoder is the server's.</remarks>
internal static class OutageScene
{
    private const int Questions = 12;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Break = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Soft = TimeSpan.FromSeconds(1.5);

    public static async Task<IReadOnlyList<CheckResult>> RunAsync(
        LabOptions options, LabModels local, StandInLatencies latencies, Narrator narrator, TimeProvider time, CancellationToken cancellationToken)
    {
        narrator.Say("Scene: the provider is killed in mid-traffic and started again ...");
        var with = await PlayAsync(options, local, latencies, isOn: true, time, cancellationToken);
        Say(narrator, "with StaleIfError", with);
        var without = await PlayAsync(options, local, latencies, isOn: false, time, cancellationToken);
        Say(narrator, "without", without);

        var hit = Percentile.Of(with.Before.Where(request => request.Outcome == SemanticCacheOutcome.ExactHit).Select(request => request.Took), 50);
        var served = with.During.Where(request => request.Outcome == SemanticCacheOutcome.Stale).Select(request => request.Took).ToArray();
        var stale = Percentile.Of(served, 50);
        return
        [
            new("The provider is killed: with StaleIfError no known question ends in an error", $"{Errors(with.All)} errors of {with.All.Count} requests, {served.Length} answers stale", Errors(with.All) == 0 && served.Length > 0),
            new("Stale answers take as long as hits", string.Create(CultureInfo.InvariantCulture, $"p50 {stale.TotalMilliseconds:0.00} ms, hits before {hit.TotalMilliseconds:0.00} ms"), stale < hit * 5 || stale < TimeSpan.FromMilliseconds(1)),
            new("Without it the failure reaches the caller, as ever", $"{Errors(without.During)} errors of {without.During.Count} requests while the provider was away", Errors(without.During) > 0),
            new("Once the provider is back, the first probe finds out", string.Create(CultureInfo.InvariantCulture, $"{with.ProbesToSuccess} call(s) of the model after its return until one succeeded; the first new answer {with.FirstNewAfter.TotalSeconds:0.0} s after it"), with.ProbesToSuccess == 1),
        ];
    }

    private static async Task<Result> PlayAsync(LabOptions options, LabModels local, StandInLatencies latencies, bool isOn, TimeProvider time, CancellationToken cancellationToken)
    {
        var server = await ModelServer.StartAsync(local.Encoder, local.Answerer, latencies, time, cancellationToken);
        var port = server.Endpoint.Port;
        try
        {
            using var models = new ModelProvider(ProviderSettings.Of(server), options.EmbedsLocally ? local.Encoder : null, time);
            using var calls = new OutageCalls(models.CreateChatClient(), time);
            await using var services = Host(models, calls, isOn);
            string[] questions = [.. Enumerable.Range(1, Questions).Select(number => $"What does chapter {number} of the handbook say about caches?")];
            var traffic = new OutageTraffic(services.GetRequiredService<IChatClient>(), questions, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var running = traffic.RunAsync(stop.Token);
            await Task.Delay(Quiet, time, cancellationToken);

            var killed = traffic.Now;
            await server.KillAsync();
            await Task.Delay(Away, time, cancellationToken);
            var (back, backAt) = (traffic.Now, time.GetTimestamp());
            server = await ModelServer.StartAsync(local.Encoder, local.Answerer, latencies, time, cancellationToken, port);
            var listening = time.GetTimestamp();
            await Task.Delay(Back, time, cancellationToken);
            await stop.CancelAsync();
            await running;

            var after = calls.Calls.Where(call => call.Began >= listening).OrderBy(call => call.Began).ToArray();
            return new Result(
                traffic.Requests,
                [.. traffic.Requests.Where(request => request.At < killed)],
                [.. traffic.Requests.Where(request => request.At >= killed && request.At < back)],
                [.. traffic.Requests.Where(request => request.At >= back)],
                calls.Calls.Count(call => call.Began < backAt && !call.Succeeded),
                after.TakeWhile(call => !call.Succeeded).Count() + 1,
                traffic.Requests.Where(request => request.At + request.Took >= back && request.Outcome is SemanticCacheOutcome.Miss or SemanticCacheOutcome.ExactHit).Select(request => request.At + request.Took - back).Where(after => after > TimeSpan.Zero).DefaultIfEmpty().Min());
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static ServiceProvider Host(ModelProvider models, IChatClient chat, bool isOn)
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(models.CreateEmbedder());
        services.AddChatClient(chat).UseSemanticCache();
        services.AddRagCaching(cache =>
        {
            cache.ShareAcrossCallers = true;
            cache.TimeToLive = Lifetime;
            if (isOn)
            {
                cache.FailSafe.StaleIfError = TimeSpan.FromHours(1);
                cache.FailSafe.SoftTimeout = Soft;
                cache.FailSafe.ModelBreaker.Failures = 3;
                cache.FailSafe.ModelBreaker.BreakDuration = Break;
            }
        });
        return services.BuildServiceProvider();
    }

    private static int Errors(IReadOnlyList<OutageRequest> requests) => requests.Count(request => request.Outcome is null);

    private static void Say(Narrator narrator, string name, Result result)
    {
        foreach (var (phase, requests) in ((string, IReadOnlyList<OutageRequest>)[])[("before", result.Before), ("provider away", result.During), ("back", result.After)])
        {
            var took = requests.Select(request => request.Took).ToArray();
            narrator.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-18} {phase,-14} {requests.Count,6} requests, {Errors(requests),4} errors, {requests.Count(request => request.Outcome == SemanticCacheOutcome.ExactHit),6} hits, {requests.Count(request => request.Outcome == SemanticCacheOutcome.Stale),6} stale, {requests.Count(request => request.Outcome is SemanticCacheOutcome.Miss or SemanticCacheOutcome.Joined),4} new; p50 {Percentile.Of(took, 50).TotalMilliseconds:0.00}, p95 {Percentile.Of(took, 95).TotalMilliseconds:0.00}, longest {Percentile.Of(took, 100).TotalMilliseconds:0} ms"));
        }

        narrator.Say($"  {name,-18} {result.FailedCalls} failed call(s) of the model while it was away");
    }

    private sealed record Result(
        IReadOnlyList<OutageRequest> All,
        IReadOnlyList<OutageRequest> Before,
        IReadOnlyList<OutageRequest> During,
        IReadOnlyList<OutageRequest> After,
        int FailedCalls,
        int ProbesToSuccess,
        TimeSpan FirstNewAfter);
}
