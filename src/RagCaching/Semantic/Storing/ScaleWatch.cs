using RagCaching.Calibration.Statistics;
using RagCaching.Diagnostics;
using RagCaching.Internal;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Storing;

/// <summary>Measures the scale of an embedding model that nobody has measured, once enough questions are stored, and says where the threshold stands on it.</summary>
/// <remarks>Once in the life of a cache, off the path of requests, on the first partition that is large enough: the questions of one caller may be about other things than those of another. Thread-safe.</remarks>
internal sealed class ScaleWatch(InMemoryVectorStore store, CacheSettings settings, string cacheName, FaultReporting reporting)
{
    // A threshold so far below the proposal is within what samples differ by.
    private const float Tolerance = 0.01f;

    private readonly FaultBarrier _measurements = new(TelemetryNames.Operations.Learn, reporting);
    private readonly Lock _lock = new();
    private WorkQueue<string>? _queue;
    private volatile SimilarityScale? _scale;
    private volatile bool _hasBegun;
    private bool _isStopped;

    /// <summary>Gets the scale; <see langword="null"/> until it was measured.</summary>
    public SimilarityScale? Scale => _scale;

    /// <summary>Makes the watch where there is something to find out and to find it out from.</summary>
    /// <returns><see langword="null"/> under an error budget, for a measured model, or with a store that does not have its vectors in this process.</returns>
    public static ScaleWatch? For(IVectorStore store, CacheSettings settings, string cacheName, FaultReporting reporting) =>
        store is InMemoryVectorStore own && settings.IsModelUnmeasured ? new ScaleWatch(own, settings, cacheName, reporting) : null;

    /// <summary>Takes note that a question was stored; returns at once.</summary>
    /// <param name="partition">Where it was stored.</param>
    public void Stored(string partition)
    {
        if (_hasBegun || store.RowsOf(partition) < ScaleEstimate.Questions)
        {
            return;
        }

        lock (_lock)
        {
            if (_hasBegun)
            {
                return;
            }

            _hasBegun = true;
            _queue = new WorkQueue<string>(MeasureAsync, concurrency: 1, capacity: 1);
            _queue.TryAdd(partition);
        }
    }

    /// <summary>Waits until no measurement is running.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock)
        {
            return _queue?.WhenIdleAsync() ?? Task.CompletedTask;
        }
    }

    /// <summary>Measures nothing from now on.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            (_hasBegun, _isStopped) = (true, true);
            _queue?.Stop();
        }
    }

    private Task MeasureAsync(string partition)
    {
        _measurements.Run(
            static measurement =>
            {
                measurement.Watch.Measure(measurement.Partition);
                return true;
            },
            (Watch: this, Partition: partition),
            fallback: false);
        return Task.CompletedTask;
    }

    private void Measure(string partition)
    {
        var sample = store.SampleOf(partition, ScaleEstimate.Questions);
        if (sample.Count < ScaleEstimate.Questions)
        {
            // Removed meanwhile: the next question that is stored asks again.
            lock (_lock)
            {
                _hasBegun = _isStopped;
            }

            return;
        }

        if (ScaleEstimate.Of(sample) is not { } scale)
        {
            return;
        }

        _scale = scale;
        var threshold = settings.LoosestThreshold();
        var model = settings.EmbeddingModel ?? "unknown";
        if (threshold < scale.ProposedSimilarity - Tolerance)
        {
            Log.LooseThreshold(reporting.Logger, cacheName, model, threshold, scale.Questions, scale.Unrelated, scale.Nearest, scale.ProposedSimilarity);
        }
        else
        {
            Log.SimilarityScaleMeasured(reporting.Logger, cacheName, model, threshold, scale.Questions, scale.Unrelated, scale.Nearest, scale.ProposedSimilarity);
        }
    }
}
