using System.Diagnostics;

namespace RagCaching.Engines.Tests.Processes;

/// <summary>A host in a process of its own, which does what it is told line by line.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private HostProcess(Process process) => _process = process;

    public static async Task<HostProcess> StartAsync(string engine, string address, string name)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "RagCaching.JournalLab.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "instance", engine, address, name]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var host = new HostProcess(process);
        Assert.Equal("ready", await host.ReadAsync());
        return host;
    }

    /// <summary>Gives a command and reads the answer.</summary>
    public async Task<string> DoAsync(string command)
    {
        await TellAsync(command);
        return await ReadAsync();
    }

    /// <summary>Gives a command without waiting for the answer.</summary>
    public async Task TellAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
    }

    public async Task<string> ReadAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("The process has ended.");

    /// <summary>Ends the process at once, without letting it know.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await TellAsync("exit");
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }

        _process.Dispose();
    }
}
