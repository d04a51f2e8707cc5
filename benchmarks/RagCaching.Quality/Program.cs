using System.Globalization;
using RagCaching.Quality;
using RagCaching.Quality.Cli;
using RagCaching.Quality.Commands;
using RagCaching.Quality.Report;
using Spectre.Console;

const int Failed = 1, BadUsage = 2, Stopped = 130, WidthOfFiles = 200;

// Figures look the same everywhere. Invariant globalization would do this too, but it cannot decompose characters, which tokenisation needs.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
try
{
    var options = CommandLine.Parse(args);
    QualityReport? report = options.Command switch
    {
        "calibrate" => await CalibrateCommand.RunAsync(options, AnsiConsole.Console, stopping.Token),
        "guards" => GuardsCommand.Run(options, AnsiConsole.Console),
        "prior" => await PriorCommand.RunAsync(options, AnsiConsole.Console, stopping.Token),
        "stream" => await StreamCommand.RunAsync(options, AnsiConsole.Console, stopping.Token),
        "scale" => await ScaleCommand.RunAsync(options, AnsiConsole.Console, stopping.Token),
        "tenants" => await TenantsCommand.RunAsync(options, AnsiConsole.Console, stopping.Token),
        "instances" => await InstancesCommand.RunAsync(options, AnsiConsole.Console, stopping.Token),
        "shadow" => await ShadowCommand.RunAsync(options, AnsiConsole.Console, stopping.Token),
        "words" => WordsCommand.Run(options, AnsiConsole.Console),
        "simulate" => await SimulateCommand.RunAsync(options, AnsiConsole.Console, stopping.Token),
        _ => null,
    };
    if (report is null)
    {
        Console.WriteLine(CommandLine.Help);
        return 0;
    }

    if (Console.IsOutputRedirected)
    {
        AnsiConsole.Profile.Width = WidthOfFiles;
    }

    TerminalWriter.Write(report, AnsiConsole.Console);
    await WriteAsync(options.CurvesPath, () => report.Curves ?? "");
    await WriteAsync(options.JsonPath, () => JsonReportWriter.Write(report));
    await WriteAsync(options.HtmlPath, () => HtmlReportWriter.Write(report));
    return 0;
}
catch (UsageException exception)
{
    Console.Error.WriteLine($"{exception.Message}\n\n{CommandLine.Help}");
    return BadUsage;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return Stopped;
}
catch (Exception exception) when (exception is QualityException or IOException or UnauthorizedAccessException or ArgumentException)
{
    Console.Error.WriteLine(exception.Message);
    return Failed;
}

async Task WriteAsync(string? path, Func<string> write)
{
    if (path is not null)
    {
        await File.WriteAllTextAsync(path, write(), stopping.Token);
    }
}
