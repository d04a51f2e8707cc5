using System.ClientModel;
using RagCaching.JournalLab;
using RagCaching.LatencyLab;
using RagCaching.LatencyLab.Cli;
using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Report;

const int Failed = 1;
const int BadOptions = 2;
const int Stopped = 130;

// One of the processes of the lab's own scene, see --instances.
if (args is ["instance", var engine, var address, var name])
{
    return await Instance.RunAsync(engine, address, name);
}

LabOptions options;
try
{
    options = CommandLine.Parse(args);
}
catch (UsageException exception)
{
    await Console.Error.WriteLineAsync($"{exception.Message} See --help.");
    return BadOptions;
}

if (options.Help)
{
    Console.WriteLine(CommandLine.Help);
    return 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first Ctrl+C lets the lab put its things away; a second one ends the process.
    pressed.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};

var isLog = Console.IsOutputRedirected;
var console = Terminal.Create(isLog);
IProgressDisplay progress = isLog ? new LineDisplay(console, TimeProvider.System) : new BarDisplay(console);
try
{
    return await new Lab(options, new Narrator(console, options), progress, TimeProvider.System).RunAsync(stop.Token) ? 0 : Failed;
}
catch (Exception) when (stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Stopped.");
    return Stopped;
}
catch (LabException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return Failed;
}
catch (Exception exception) when (exception is ClientResultException or HttpRequestException or AggregateException)
{
    await Console.Error.WriteLineAsync($"The provider did not answer: {ProviderSettings.Redact(exception.Message)}");
    return Failed;
}
