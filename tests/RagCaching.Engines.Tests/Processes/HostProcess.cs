using System.Diagnostics;
using System.Globalization;

namespace RagCaching.Engines.Tests.Processes;

/// <summary>A host in a process of its own, which does what it is told line by line.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private HostProcess(Process process) => _process = process;

    private static string Program => Path.Combine(AppContext.BaseDirectory, "RagCaching.JournalLab.dll");

    public static Task<HostProcess> StartAsync(string engine, string address, string name) => StartAsync(new ProcessStartInfo("dotnet", [Program, "instance", engine, address, name]));

    /// <summary>Starts a host whose files cannot grow beyond a size, as if the disk were full.</summary>
    public static async Task<HostProcess> StartWithFileLimitAsync(long bytes, string engine, string address, string name)
    {
        // Without the signal, writing fails. The runtime maps memory that is to be executed over a large file unless told otherwise.
        string[] command = ["-c", $"trap '' XFSZ; ulimit -S -f {bytes / 1_024}; exec dotnet \"$@\"", "host", Program, "instance", engine, address, name];
        return await StartAsync(new ProcessStartInfo("bash", command) { Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" } });
    }

    /// <summary>Lets the files of the host grow again.</summary>
    public async Task LiftFileLimitAsync()
    {
        using var tool = Process.Start("prlimit", ["--pid", $"{_process.Id}", "--fsize=unlimited"]);
        await tool.WaitForExitAsync();
        Assert.Equal(0, tool.ExitCode);
    }

    /// <summary>Gives a command and reads the answer.</summary>
    public async Task<string> DoAsync(string command)
    {
        await TellAsync(command);
        return await ReadAsync();
    }

    /// <summary>Gives a command again and again until its answer is as expected.</summary>
    public async Task UntilAsync(string command, Func<string, bool> isDone)
    {
        string answer;
        do
        {
            answer = await DoAsync(command);
            Assert.DoesNotContain("error", answer, StringComparison.Ordinal);
        }
        while (!isDone(answer));
    }

    /// <summary>Gets the number of entries that the host has.</summary>
    public async Task<int> EntriesAsync() => int.Parse((await DoAsync("status")).Split("entries=")[1].Split(' ')[0], CultureInfo.InvariantCulture);

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

    private static async Task<HostProcess> StartAsync(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var host = new HostProcess(Process.Start(start)!);
        Assert.Equal("ready", await host.ReadAsync());
        return host;
    }
}
