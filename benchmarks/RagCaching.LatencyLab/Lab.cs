using RagCaching.LatencyLab.Calibration;
using RagCaching.LatencyLab.Checks;
using RagCaching.LatencyLab.Cli;
using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Rag;
using RagCaching.LatencyLab.Report;
using RagCaching.LatencyLab.Scenes;
using RagCaching.LatencyLab.Server;
using RagCaching.LatencyLab.Techniques;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab;

/// <summary>One run of the lab, from the corpus to the checks.</summary>
internal sealed class Lab(LabOptions options, Narrator narrator, IProgressDisplay progress, TimeProvider time)
{
    private const int EmbeddingBatchSize = 64;
    private const int LocalBatchSize = 1_024;
    private const int QuietRequests = 40;
    private const int QuietConcurrency = 2;
    private const int PairsOfFigures = 40;

    private static readonly LexicalGuard Guard = new();

    /// <summary>Runs.</summary>
    /// <returns>Whether all checks passed.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var local = await LabModels.OpenAsync(options.EmbedsLocally ? EncoderKind.MiniLM : EncoderKind.Hashing, time, cancellationToken);
        if (options.Endpoint is not null)
        {
            var provider = new ProviderSettings(
                options.Endpoint, options.ChatModel!, options.SmallChatModel ?? options.ChatModel!, options.EmbeddingModel ?? "none", ProviderSettings.KeyFromEnvironment());
            return await RunAsync(provider, local, StandInLatencies.None, server: null, cancellationToken);
        }

        var latencies = StandInLatencies.Unscaled.At(options.Speed);
        if (options.Outage)
        {
            return narrator.DescribeChecks(await OutageScene.RunAsync(options, local, latencies, narrator, time, cancellationToken));
        }

        if (options.Load)
        {
            return narrator.DescribeChecks(await LoadScene.RunAsync(local, narrator, time, cancellationToken));
        }

        if (options.Money)
        {
            return narrator.DescribeChecks(await MoneyScene.RunAsync(options, local, latencies, narrator, time, cancellationToken));
        }

        if (options.Dashboard)
        {
            return narrator.DescribeChecks(await DashboardScene.RunAsync(options, local, latencies, narrator, time, cancellationToken));
        }

        await using var server = await ModelServer.StartAsync(local.Encoder, local.Answerer, latencies, time, cancellationToken);
        var settings = ProviderSettings.Of(server);
        return await RunAsync(settings, local, latencies, server.Records, cancellationToken);
    }

    private async Task<bool> RunAsync(ProviderSettings settings, LabModels local, StandInLatencies latencies, ServerRecords? server, CancellationToken cancellationToken)
    {
        narrator.Introduce(settings.Endpoint, local);
        using var models = new ModelProvider(settings, options.EmbedsLocally ? local.Encoder : null, time);
        await using var embedder = new CachedEmbedder(models.CreateEmbedder(), options: new CachedEmbedderOptions { MaxBatchSize = options.EmbedsLocally ? LocalBatchSize : EmbeddingBatchSize });
        var sources = await IndexAsync(embedder, models.Calls, latencies, cancellationToken);

        var all = QuestionSet.Load(Path.Combine(AppContext.BaseDirectory, "Questions", "questions.json"));
        var vectors = await SearchIndex.EmbedAsync(embedder, all.Texts.Select(text => text.Text), cancellationToken);
        var halves = QuestionHalves.Split(all.Questions, options.Seed);
        var choice = ThresholdChoice.Make(halves, vectors, Guard);

        // From here on, only questions that nothing was chosen on.
        var questions = new QuestionSet(halves.HeldOut);
        var heldOut = await HeldOutStream.RunAsync(questions, embedder, choice.Threshold, options.Seed, cancellationToken);
        narrator.DescribeThreshold(choice, all, heldOut);

        TechniqueHost Host(Technique technique) => new(technique, models, sources, choice.Threshold, time);
        var walk = await WalkAsync(Host, RewordedPair.Find(questions, vectors, choice.Threshold, Guard), models.Calls, cancellationToken);
        var runner = new TrafficRunner(
            questions, TrafficPlan.Create(questions, options.Requests, options.Seed), options.Concurrency, models.Calls, time);
        var runs = await MeasureAsync(Host, runner, cancellationToken);
        narrator.DescribeLatency(runs);
        narrator.DescribeStages(runs[0], runs[^1]);
        var streaming = Technique.All.First(technique => technique.Streams);
        var quiet = new TrafficRunner(questions, TrafficPlan.Create(questions, QuietRequests, options.Seed), QuietConcurrency, models.Calls, time);
        var floor = options.EmbedsLocally ? new Floor(local.Encoder, time) : null;
        var firstTokens = await FirstTokenCheck.RunAsync(runs, server, () => RunAsync(streaming, Host, quiet, () => { }, cancellationToken), floor, time);
        var journal = await JournalScene.RunAsync(options, configure => new TechniqueHost(Technique.Everything, models, sources, choice.Threshold, time, configure), questions, models.Calls, narrator, cancellationToken);
        var scenes = server is null ? [] : await PlayAsync(models, server, local, sources, RewordedPair.Served(questions, vectors, choice.Threshold, Guard, PairsOfFigures), choice.Threshold, cancellationToken);
        return narrator.DescribeChecks(
        [
            .. LabChecks.Make(walk, runs, firstTokens, models.Calls.Counts, server, options.EmbedsLocally),
            LabChecks.HeldOut(heldOut, choice.Budget),
            .. scenes,
            .. journal,
        ]);
    }

    /// <summary>Plays scenes whose outcome is known for the stand-in models only.</summary>
    private async Task<IReadOnlyList<CheckResult>> PlayAsync(
        ModelProvider models,
        ServerRecords server,
        LabModels local,
        IReadOnlyList<DocumentSource> sources,
        IReadOnlyList<RewordedPair> pairs,
        float threshold,
        CancellationToken cancellationToken)
    {
        narrator.Say("Scenes: a document that is edited, a thousand callers, an endpoint, and latencies at full length ...");
        TechniqueHost Host(Technique technique, Action<IRagCachingBuilder>? configure = null) => new(technique, models, sources, threshold, time, configure);

        // Only the document that is edited: what the documentation says of opening hours must not get in its way.
        var results = new List<CheckResult>(await EditScene.RunAsync(
            configure => new TechniqueHost(Technique.Everything, models, [], threshold, time, configure), time, cancellationToken));

        // One model: what a small one declines costs a second call, which is not what is counted.
        await using var oneModel = Host(Technique.Everything with { AsksSmallModel = false });
        results.Add(await VariantScene.RunAsync(oneModel, threshold, models.Calls, cancellationToken));
        await using var everything = Host(Technique.Everything);
        results.Add(await EndpointScene.RunAsync(everything.App.Pipeline, server, time, cancellationToken));
        results.AddRange(await FiguresAsync(local, sources, pairs, threshold, cancellationToken));
        return results;
    }

    private async Task<IReadOnlyList<CheckResult>> FiguresAsync(
        LabModels local, IReadOnlyList<DocumentSource> sources, IReadOnlyList<RewordedPair> pairs, float threshold, CancellationToken cancellationToken)
    {
        await using var server = await ModelServer.StartAsync(local.Encoder, local.Answerer, StandInLatencies.Unscaled, time, cancellationToken);
        using var remote = new ModelProvider(ProviderSettings.Of(server), localEncoder: null, time);
        using var models = new ModelProvider(ProviderSettings.Of(server), options.EmbedsLocally ? local.Encoder : null, time);
        DocumentSource[] slow = [.. sources.Select(source => source.At(StandInLatencies.Unscaled.Retrieval))];
        TechniqueHost Host(ModelProvider provider) => new(Technique.Everything, provider, slow, threshold, time);
        var figures = new FigureChecks(pairs, options.EmbedsLocally ? local : null, () => Host(models), () => Host(remote), time);
        return await figures.RunAsync(cancellationToken);
    }

    private static async Task<TechniqueRun> RunAsync(
        Technique technique, Func<Technique, TechniqueHost> host, TrafficRunner runner, Action answered, CancellationToken cancellationToken)
    {
        await using var configured = host(technique);
        return await runner.RunAsync(technique, configured.App, answered, cancellationToken);
    }

    private async Task<IReadOnlyList<DocumentSource>> IndexAsync(
        CachedEmbedder embedder, CallCounter calls, StandInLatencies latencies, CancellationToken cancellationToken)
    {
        var documentation = await Documentation.ReadAsync(RepositoryRoot.Find(), cancellationToken);
        var start = calls.Counts;
        await SearchIndex.BuildAsync(embedder, documentation, latencies.Retrieval, time, cancellationToken);
        var once = calls.Counts;
        var sources = await SearchIndex.BuildAsync(embedder, documentation, latencies.Retrieval, time, cancellationToken);
        narrator.DescribeCorpus(sources, (once - start).Embeddings, (calls.Counts - once).Embeddings);
        return sources;
    }

    private async Task<WalkThrough> WalkAsync(
        Func<Technique, TechniqueHost> host, RewordedPair pair, CallCounter calls, CancellationToken cancellationToken)
    {
        await using var everything = host(Technique.Everything);

        // The first requests of a process compile code and open connections, which is not what the walk-through shows.
        foreach (var text in (string[])["one", "two", "two", "three"])
        {
            await everything.App.AskAsync($"warm-up {text}", cancellationToken);
        }

        var walk = await WalkThrough.RunAsync(everything.App, pair, calls, cancellationToken);
        narrator.DescribeWalk(walk);
        return walk;
    }

    private async Task<IReadOnlyList<TechniqueRun>> MeasureAsync(
        Func<Technique, TechniqueHost> host, TrafficRunner runner, CancellationToken cancellationToken)
    {
        narrator.DescribeTraffic();
        var runs = new List<TechniqueRun>();
        await progress.RunAsync(
            [.. Technique.All.Select(technique => technique.Name)],
            options.Requests,
            async (step, answered) => runs.Add(await RunAsync(Technique.All[step], host, runner, answered, cancellationToken)));
        return runs;
    }
}
