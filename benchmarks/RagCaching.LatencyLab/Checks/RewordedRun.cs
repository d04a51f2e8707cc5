using RagCaching.LatencyLab.Calibration;
using RagCaching.LatencyLab.Techniques;

namespace RagCaching.LatencyLab.Checks;

/// <summary>Measures first tokens of re-worded questions whose embeddings are not cached.</summary>
/// <param name="newHost">Builds the application, with empty caches.</param>
/// <param name="time">The clock.</param>
internal sealed class RewordedRun(Func<TechniqueHost> newHost, TimeProvider time)
{
    /// <summary>Asks questions, then each re-wording once: a second time the cache would know it without an embedding.</summary>
    /// <param name="pairs">The questions and the re-wordings.</param>
    /// <param name="floor">Measures the encoder alone after each request, if there is one in this process.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public async Task<IReadOnlyList<TimeSpan>> MeasureAsync(
        IReadOnlyList<RewordedPair> pairs, Floor? floor, CancellationToken cancellationToken)
    {
        await using var host = newHost();
        foreach (var text in (string[])["warm-up of re-wordings", "warm-up of re-wordings", "another warm-up"])
        {
            await host.App.AskAsync(text, cancellationToken);
        }

        await Task.WhenAll(pairs.Select(pair => pair.Question).Distinct(StringComparer.Ordinal).Select(question => host.App.AskAsync(question, cancellationToken)));
        floor?.Clear();
        var times = new List<TimeSpan>();
        foreach (var pair in pairs)
        {
            times.Add(await FirstToken.OfAsync(host.App.Pipeline, pair.Rewording, time, cancellationToken));
            await (floor?.MeasureAsync(pair.Rewording, cancellationToken) ?? Task.CompletedTask);
        }

        return times;
    }
}
