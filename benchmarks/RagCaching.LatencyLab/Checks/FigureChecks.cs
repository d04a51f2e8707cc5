using RagCaching.LatencyLab.Calibration;
using RagCaching.LatencyLab.Rag;
using RagCaching.LatencyLab.Server;
using RagCaching.LatencyLab.Techniques;

namespace RagCaching.LatencyLab.Checks;

/// <summary>Checks the latencies that the documentation promises, with stand-ins at their full latencies.</summary>
/// <param name="pairs">Questions with re-wordings above the threshold.</param>
/// <param name="newHost">Builds the application with everything over a provider and sources at full latency.</param>
/// <param name="time">The clock.</param>
internal sealed class FigureChecks(IReadOnlyList<RewordedPair> pairs, Func<TechniqueHost> newHost, TimeProvider time)
{
    private const int Uncached = 8;
    private const int Repeats = 100;

    private static readonly StandInLatencies Latencies = StandInLatencies.Unscaled;

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        await using var host = newHost();
        var app = host.App;
        await WarmUpAsync(app, cancellationToken);
        await Task.WhenAll(pairs.Select(pair => app.AskAsync(pair.Question, cancellationToken)));

        var round = 0;
        Figure[] figures =
        [
            new(
                "First token of a new answer: embedding + retrieval + 230 ms",
                Latencies.Embedding + Latencies.Retrieval + TimeSpan.FromMilliseconds(230),
                50,
                () => FirstTokensAsync(app, Enumerable.Range(Uncached * round++, Uncached).Select(i => $"How is figure {i}{i}{i} measured?"), cancellationToken)),
            new(
                "First token of an exact repeat: 5 ms",
                TimeSpan.FromMilliseconds(5),
                95,
                () => FirstTokensAsync(app, Enumerable.Range(0, Repeats).Select(i => pairs[i % pairs.Count].Question), cancellationToken)),
            new(
                "First token of a re-worded repeat, embedding not cached: embedding + 10 ms",
                Latencies.Embedding + TimeSpan.FromMilliseconds(10),
                50,
                () => RewordedAsync(app, host, cancellationToken)),
            new(
                "Three searches of 100 ms: 115 ms",
                TimeSpan.FromMilliseconds(115),
                50,
                () => OverheadRun.RetrievalsAsync(TimeSpan.FromMilliseconds(100), time, cancellationToken)),
            new(
                "What the pipeline adds to models and searches: 5 ms",
                TimeSpan.FromMilliseconds(5),
                95,
                () => OverheadRun.TotalsAsync(time, cancellationToken)),
        ];
        var results = new List<CheckResult>();
        foreach (var figure in figures)
        {
            results.Add(await figure.CheckAsync());
        }

        return results;
    }

    private static async Task WarmUpAsync(RagApp app, CancellationToken cancellationToken)
    {
        foreach (var _ in (int[])[1, 2])
        {
            await app.AskAsync("warm-up of the figures", cancellationToken);
        }
    }

    private async Task<IReadOnlyList<TimeSpan>> FirstTokensAsync(RagApp app, IEnumerable<string> questions, CancellationToken cancellationToken)
    {
        var times = new List<TimeSpan>();
        foreach (var question in questions)
        {
            times.Add(await FirstTokenAsync(app.Pipeline, question, cancellationToken));
        }

        return times;
    }

    /// <summary>Waits for the first piece of text only: the rest of an answer takes its time and is not asked for.</summary>
    private async Task<TimeSpan> FirstTokenAsync(RagPipeline pipeline, string question, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await foreach (var update in pipeline.StreamAsync(question, cancellationToken: cancellationToken).WithCancellation(cancellationToken))
        {
            if (update.Text.Length > 0)
            {
                break;
            }
        }

        return time.GetElapsedTime(started);
    }

    private async Task<IReadOnlyList<TimeSpan>> RewordedAsync(RagApp app, TechniqueHost host, CancellationToken cancellationToken)
    {
        var times = new List<TimeSpan>();
        foreach (var pair in pairs)
        {
            await host.Embedder.RemoveAsync(pair.Rewording, cancellationToken: cancellationToken);
            times.Add(await FirstTokenAsync(app.Pipeline, pair.Rewording, cancellationToken));
        }

        return times;
    }
}
