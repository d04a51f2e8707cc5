using RagCaching.Mutants;
using RagCaching.Mutants.Cli;
using RagCaching.Mutants.Lists;
using RagCaching.Mutants.Running;

const int Failed = 1, BadUsage = 2, Stopped = 130;

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
if (CommandLine.Parse(args) is not { } options)
{
    Console.Error.WriteLine(CommandLine.Help);
    return BadUsage;
}

try
{
    var mutants = MutantList.ReadAll()
        .Where(mutant => options.Only.Any(part => mutant.Id.Contains(part, StringComparison.OrdinalIgnoreCase) || mutant.Room.Contains(part, StringComparison.OrdinalIgnoreCase))).ToArray();
    if (options.Lists)
    {
        foreach (var mutant in mutants)
        {
            Console.WriteLine($"{mutant.Id}: {mutant.Behaviour} ({mutant.File})");
        }

        return 0;
    }

    if (mutants.Length == 0)
    {
        Console.Error.WriteLine($"No mutant has '{string.Join("' or '", options.Only)}' in its name or that of its list.");
        return BadUsage;
    }

    using var runner = await MutantRunner.OpenAsync(mutants, options.Configuration, stopping.Token);
    var outcomes = new List<Outcome>();
    await foreach (var outcome in runner.RunAsync(mutants, stopping.Token))
    {
        outcomes.Add(outcome);
        Console.Error.WriteLine($"{outcomes.Count}/{mutants.Length} {outcome.Mutant.Id}: {outcome.Verdict} ({outcome.Detail})");
    }

    OutcomeTable.Write(outcomes, Console.Out);
    return outcomes.All(outcome => outcome.Verdict == Verdict.Killed) ? 0 : Failed;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return Stopped;
}
catch (Exception exception) when (exception is MutantException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return Failed;
}
