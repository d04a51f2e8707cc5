namespace RagCaching.LatencyLab.Server;

/// <summary>Waits for the moments at which the pieces of an answer are due.</summary>
internal static class Clocks
{
    /// <summary>Waits until so much time has passed.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="since">A timestamp of it.</param>
    /// <param name="after">How long after that.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static async Task WaitUntilAsync(this TimeProvider time, long since, TimeSpan after, CancellationToken cancellationToken)
    {
        var left = after - time.GetElapsedTime(since);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, cancellationToken);
        }
    }
}
