using RagCaching.LatencyLab.Calibration;
using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Rag;
using RagCaching.LatencyLab.Server;
using RagCaching.LatencyLab.Techniques;

namespace RagCaching.LatencyLab.Checks;

/// <summary>Checks the latencies that the documentation promises, with stand-ins at their full latencies.</summary>
/// <param name="pairs">Questions with re-wordings that the cache serves.</param>
/// <param name="models">The encoder, where it runs in this process.</param>
/// <param name="newHost">Builds the application with everything over sources at full latency, as the lab runs it.</param>
/// <param name="newRemoteHost">Builds the same application with its embeddings from a provider at full latency.</param>
/// <param name="time">The clock.</param>
internal sealed class FigureChecks(
    IReadOnlyList<RewordedPair> pairs, LabModels? models, Func<TechniqueHost> newHost, Func<TechniqueHost> newRemoteHost, TimeProvider time)
{
    private const int Uncached = 8;
    private const int Repeats = 100;
    private const int RemoteRewordings = 10;
    private const string AnyQuestion = "What is an exact hit?";

    private static readonly string[] Topics =
    [
        "a vector store", "an audit of a hit", "the lexical guard", "the embedding cache", "a scope", "a partition", "a time to live", "an error budget",
        "the meter", "a rewriter", "a retriever", "the similarity", "a model key", "the circuit breaker", "a stream", "the eviction of entries",
    ];

    private static readonly StandInLatencies Latencies = StandInLatencies.Unscaled;
    private static readonly TimeSpan LocalEmbedding = TimeSpan.FromMilliseconds(15);

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        await using var host = newHost();
        var app = host.App;
        await WarmUpAsync(app, cancellationToken);
        var stored = pairs.Select(pair => pair.Question).Distinct(StringComparer.Ordinal).Take(RemoteRewordings).DefaultIfEmpty(AnyQuestion).ToList();
        await Task.WhenAll(stored.Select(question => app.AskAsync(question, cancellationToken)));

        var round = 0;
        var floor = NewFloor();
        Figure[] figures =
        [
            new(
                "First token of a new answer: embedding + retrieval + 230 ms",
                (models is null ? Latencies.Embedding : LocalEmbedding) + Latencies.Retrieval + TimeSpan.FromMilliseconds(230),
                50,
                () => FirstTokensAsync(app, Topics.Skip(Uncached * round++).Take(Uncached).Select(topic => $"What would an engineer have to know of {topic} before anything else?"), floor, cancellationToken))
            {
                Floor = floor,
            },
            new(
                "First token of an exact repeat: 5 ms",
                TimeSpan.FromMilliseconds(5),
                95,
                () => FirstTokensAsync(app, Enumerable.Range(0, Repeats).Select(i => stored[i % stored.Count]), floor: null, cancellationToken)),
            .. Reworded(cancellationToken),
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

    private IEnumerable<Figure> Reworded(CancellationToken cancellationToken)
    {
        if (models is not null)
        {
            var floor = NewFloor();
            yield return new Figure(
                "First token of a re-worded repeat, embedded by MiniLM in this process: 15 ms",
                LocalEmbedding,
                95,
                () => new RewordedRun(newHost, time).MeasureAsync(pairs, floor, cancellationToken))
            {
                Floor = floor,
            };
        }

        var remoteFloor = NewFloor();
        yield return new Figure(
            models is null
                ? "First token of a re-worded repeat, embedding not cached: embedding + 10 ms"
                : "The same with the embedding from a provider that takes 100 ms: embedding + 10 ms",
            Latencies.Embedding + TimeSpan.FromMilliseconds(10),
            50,
            () => new RewordedRun(newRemoteHost, time).MeasureAsync([.. pairs.Take(RemoteRewordings)], remoteFloor, cancellationToken))
        {
            Floor = remoteFloor,
        };
    }

    private Floor? NewFloor() => models is null ? null : new Floor(models.Encoder, time);

    private static async Task WarmUpAsync(RagApp app, CancellationToken cancellationToken)
    {
        foreach (var _ in (int[])[1, 2])
        {
            await app.AskAsync("warm-up of the figures", cancellationToken);
        }
    }

    private async Task<IReadOnlyList<TimeSpan>> FirstTokensAsync(RagApp app, IEnumerable<string> questions, Floor? floor, CancellationToken cancellationToken)
    {
        floor?.Clear();
        var times = new List<TimeSpan>();
        foreach (var question in questions)
        {
            times.Add(await FirstToken.OfAsync(app.Pipeline, question, time, cancellationToken));
            await (floor?.MeasureAsync(question, cancellationToken) ?? Task.CompletedTask);
        }

        return times;
    }
}
