using Spectre.Console;

namespace RagCaching.LatencyLab.Report;

/// <summary>Writes a line when a step has ended: for logs, where nothing can move.</summary>
internal sealed class LineDisplay(IAnsiConsole console, TimeProvider time) : IProgressDisplay
{
    public async Task RunAsync(IReadOnlyList<string> steps, int size, Func<int, Action, Task> run)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var started = time.GetTimestamp();
            await run(i, () => { });
            console.WriteLine($"  {i + 1} of {steps.Count}: {steps[i],-18} {size} requests, {time.GetElapsedTime(started).TotalSeconds:0.0} s with warm-up");
        }
    }
}
