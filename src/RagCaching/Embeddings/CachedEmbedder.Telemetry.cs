using RagCaching.Embeddings.Generation;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching;

public sealed partial class CachedEmbedder
{
    private void CountLocalHits(int count, long started)
    {
        _telemetry.Requested(Results.Hit, Reasons.Local, count);
        _telemetry.Saved(GenAIOperations.Embeddings, calls: 1);
        TimeLookup(started, _context.LookupTimestamp(), Results.Hit);
    }

    private void Count(EmbeddingBatch batch, long started, long decided)
    {
        CountTexts(Results.Hit, Reasons.Local, batch.LocalHits);
        CountTexts(Results.Hit, Reasons.Storage, batch.StorageHits);
        CountTexts(Results.Hit, Reasons.Joined, batch.Joined);
        CountTexts(Results.Miss, null, batch.Misses);
        if (batch.Bypasses is { } bypasses)
        {
            foreach (var (reason, count) in bypasses)
            {
                CountTexts(Results.Bypass, reason, count);
            }
        }

        // Texts that a vector at most passed by say nothing about how well the cache does.
        var isHit = batch.Misses == 0 && batch.Bypasses is null;
        if (isHit)
        {
            _telemetry.Saved(GenAIOperations.Embeddings, calls: 1);
        }

        if (isHit || batch.Misses > 0)
        {
            TimeLookup(started, decided, isHit ? Results.Hit : Results.Miss);
        }
    }

    private void CountTexts(string result, string? reason, int count)
    {
        if (count > 0)
        {
            _telemetry.Requested(result, reason, count);
        }
    }

    private void TimeLookup(long started, long decided, string result)
    {
        if (started != 0 && decided != 0)
        {
            _telemetry.LookedUp(_time.GetElapsedTime(started, decided), result);
        }
    }
}
