namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>How long to wait for what must come: long enough that only what never comes takes so long.</summary>
internal static class Patience
{
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan Short = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="TimeoutException">It does not.</exception>
    public static async Task UntilAsync(Func<bool> holds)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Long)
            {
                throw new TimeoutException("It has not come to hold.");
            }

            await Task.Delay(Pause);
        }
    }
}
