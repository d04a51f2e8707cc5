using System.Diagnostics;
using System.Reflection;

namespace RagCaching.JournalLab;

/// <summary>An instance in a process of its own.</summary>
internal sealed class InstanceProcess : IAsyncDisposable
{
    private readonly Process _process;

    private InstanceProcess(Process process) => _process = process;

    /// <summary>Starts an instance, and waits until it has loaded what is there. The program is the one that runs, which has to know the command.</summary>
    public static async Task<InstanceProcess> StartAsync(string engine, string address, string name)
    {
        string[] arguments = [Assembly.GetEntryAssembly()!.Location, "instance", engine, address, name];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };

        // Instances that have run for a while compile no more; these live for seconds, and would compile all the time.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        var instance = new InstanceProcess(Process.Start(start)!);
        await instance.ReadAsync();
        return instance;
    }

    /// <summary>Gives a command and reads the answer.</summary>
    public async Task<string> DoAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return await ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.StandardInput.WriteLineAsync("exit");
        await _process.StandardInput.FlushAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string> ReadAsync() => await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("An instance has ended; what it said stands above.");
}
