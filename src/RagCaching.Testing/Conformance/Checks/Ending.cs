namespace RagCaching.Testing.Conformance.Checks;

/// <summary>Ends what a check has begun, however it went.</summary>
internal static class Ending
{
    /// <summary>Runs a part of a check, and then what ends it.</summary>
    /// <param name="body">The part.</param>
    /// <param name="end">Disposes of what the part used, or waits for what it started.</param>
    /// <remarks>What the part throws is thrown, whatever the end throws: it says which promise was not kept.</remarks>
    public static async Task RunAsync(Func<Task> body, Func<ValueTask> end)
    {
        var running = RunAsync(body);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var ending = RunAsync(() => end().AsTask());
        await ending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await running.ConfigureAwait(false);
        await ending.ConfigureAwait(false);
    }

    // What is thrown before there is a task becomes that of a task.
    private static async Task RunAsync(Func<Task> part) => await part().ConfigureAwait(false);
}
