using RagCaching.Semantic.FailSafe;

namespace RagCaching.Semantic.Flights;

/// <summary>How long callers wait for an answer that is being generated.</summary>
/// <param name="standIns">Knows how long those wait that have something to fall back on.</param>
/// <param name="joinTimeout">How long a caller waits for another one's answer.</param>
/// <param name="time">The clock.</param>
internal sealed class FlightPatience(StandIns standIns, TimeSpan joinTimeout, TimeProvider time)
{
    /// <summary>Gets the clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Gets how long a caller waits from now on.</summary>
    /// <param name="flight">What it waits for.</param>
    /// <param name="isFollower">Whether another caller has started it.</param>
    /// <param name="mayFallBack">Whether the caller has something to fall back on.</param>
    public TimeSpan For(AnswerFlight flight, bool isFollower, bool mayFallBack)
    {
        var longest = isFollower ? joinTimeout : Timeout.InfiniteTimeSpan;
        if (!mayFallBack || standIns.SoftTimeout is not { } soft)
        {
            return longest;
        }

        // What has been slow for others is slow.
        var rest = soft - time.GetElapsedTime(flight.StartedAt);
        rest = rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        return isFollower && joinTimeout < rest ? joinTimeout : rest;
    }

    /// <summary>Waits for the end of a flight.</summary>
    /// <returns>Whether it came in time.</returns>
    public async ValueTask<bool> IsOverInTimeAsync(AnswerFlight flight, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await flight.Ended.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
