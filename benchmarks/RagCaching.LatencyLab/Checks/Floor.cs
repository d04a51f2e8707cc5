using System.Globalization;
using Microsoft.Extensions.AI;
using RagCaching.LatencyLab.Report;

namespace RagCaching.LatencyLab.Checks;

/// <summary>What the encoder in this process takes alone, measured between the requests of a figure: it tells a slow cache from a busy machine.</summary>
internal sealed class Floor(IEmbeddingGenerator<string, Embedding<float>> encoder, TimeProvider time)
{
    // A processor to spare keeps both easily.
    private static readonly TimeSpan MaxMedian = TimeSpan.FromMilliseconds(6);
    private static readonly TimeSpan Max95th = TimeSpan.FromMilliseconds(10);

    private readonly List<TimeSpan> _times = [];

    public bool IsTooHigh => Percentile.Of(_times, 50) > MaxMedian || Percentile.Of(_times, 95) > Max95th;

    public void Clear() => _times.Clear();

    public async Task MeasureAsync(string text, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await encoder.GenerateAsync(text, cancellationToken: cancellationToken);
        _times.Add(time.GetElapsedTime(started));
    }

    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"the encoder alone: p50 {Percentile.Of(_times, 50).TotalMilliseconds:0.0} ms, p95 {Percentile.Of(_times, 95).TotalMilliseconds:0.0} ms");
}
