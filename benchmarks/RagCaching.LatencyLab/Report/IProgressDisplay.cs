namespace RagCaching.LatencyLab.Report;

/// <summary>Shows how far the lab is.</summary>
internal interface IProgressDisplay
{
    /// <summary>Runs steps one after the other.</summary>
    /// <param name="steps">The names of the steps.</param>
    /// <param name="size">How often each step calls back.</param>
    /// <param name="run">Runs the step with a number, and calls back from any thread.</param>
    Task RunAsync(IReadOnlyList<string> steps, int size, Func<int, Action, Task> run);
}
