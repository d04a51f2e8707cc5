using RagCaching.Quality.Data;

namespace RagCaching.Quality.Streams;

/// <summary>Watches the first part of a stream in shadow mode, chooses a threshold from what it saw, and serves the rest with it.</summary>
internal static class CalibratedStream
{
    // What is watched is not served: longer watching makes a better threshold and fewer hits.
    private const int WatchedPart = 3;

    public static async Task<StreamResult> RunAsync(QuestionSet questions, int[] order, double maxErrorRate, bool useGuard, int seed, CancellationToken cancellationToken)
    {
        var watched = order[..(order.Length / WatchedPart)];
        var log = new ShadowLog();
        var watching = await CacheStream.RunAsync(questions, watched, new SemanticCacheOptions { Shadow = { Enabled = true } }, useGuard, seed, cancellationToken, log);
        float? threshold = null;
        try
        {
            threshold = new ThresholdCalibrator(1 - maxErrorRate).Calibrate(log).Threshold;
        }
        catch (ArgumentException)
        {
            // Nothing but right, or nothing but wrong: there is nothing to choose from.
        }

        if (threshold is not { } chosen)
        {
            return new StreamResult(watching.Requests, 0, 0, Comparisons: watching.Comparisons);
        }

        var serving = await CacheStream.RunAsync(
            questions, order, new SemanticCacheOptions { MinimumSimilarity = chosen }, useGuard, seed, cancellationToken, countFrom: watched.Length);
        return serving with { Requests = serving.Requests + watching.Requests, Asked = order.Length, FirstHit = serving.FirstHit + watching.Requests, ServedBy = [], Comparisons = watching.Comparisons };
    }
}
