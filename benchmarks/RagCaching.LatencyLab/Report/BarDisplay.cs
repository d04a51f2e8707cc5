using Spectre.Console;

namespace RagCaching.LatencyLab.Report;

/// <summary>Shows a moving bar for each step.</summary>
internal sealed class BarDisplay(IAnsiConsole console) : IProgressDisplay
{
    public Task RunAsync(IReadOnlyList<string> steps, int size, Func<int, Action, Task> run) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bars = steps.Select(step => context.AddTask(step, autoStart: false, maxValue: size)).ToList();
                for (var i = 0; i < bars.Count; i++)
                {
                    var bar = bars[i];
                    bar.StartTask();
                    await run(i, () => bar.Increment(1));
                    bar.Value = size;
                    bar.StopTask();
                }
            });
}
