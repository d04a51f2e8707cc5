using RagCaching.Quality.Cli;
using RagCaching.Quality.Data;
using RagCaching.Quality.Encoding;
using Spectre.Console;

namespace RagCaching.Quality.Commands;

/// <summary>Reads the labelled pairs that a command is given, one input after the other, and shows how far it is.</summary>
internal static class EachInput
{
    public static void Run(QualityOptions options, IAnsiConsole console, Action<string, IReadOnlyList<LabelledPair>> use)
    {
        using var encoder = options.EncoderPath is { } path ? GeneratorEncoder.Open(path) : null;
        console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
        {
            var task = progress.AddTask(options.Command, maxValue: options.Inputs.Count);
            foreach (var input in options.Inputs)
            {
                var (name, pairs) = PairInput.Read(input, encoder, options.VectorName);
                use(name, pairs);
                task.Increment(1);
            }
        });
    }
}
