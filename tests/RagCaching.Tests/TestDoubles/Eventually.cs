namespace RagCaching.Tests.TestDoubles;

/// <summary>Waits, without a clock, for what other threads are about to do.</summary>
internal static class Eventually
{
    // Far more than it ever takes, also where other threads are held up: some ten seconds of nothing else.
    private const int MostSteps = 50_000_000;

    /// <summary>Lets others run until a condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="what">What is waited for, for the message of a test that fails.</param>
    /// <param name="step">What to do before each look, such as moving a clock on.</param>
    public static async Task HoldsAsync(Func<bool> condition, string what, Action? step = null)
    {
        for (var steps = 0; !condition(); steps++)
        {
            Assert.True(steps < MostSteps, $"{what} did not happen within {MostSteps} steps.");
            step?.Invoke();
            await Task.Yield();
        }
    }
}
