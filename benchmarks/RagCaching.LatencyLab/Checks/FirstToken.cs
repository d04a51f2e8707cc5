namespace RagCaching.LatencyLab.Checks;

/// <summary>Measures first tokens.</summary>
internal static class FirstToken
{
    /// <summary>Waits for the first piece of text only: the rest of an answer takes its time and is not asked for.</summary>
    public static async Task<TimeSpan> OfAsync(RagPipeline pipeline, string question, TimeProvider time, CancellationToken cancellationToken)
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
}
