using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RagCaching.Engines.Tests.Postgres;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace RagCaching.Engines.Tests.Postgres;

/// <summary>A real PostgreSQL on a free loopback port with a data folder of its own, which a test may freeze, kill and start again.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ragcaching-postgres-");
    private Process? _process;
    private bool _isPrepared;

    public int Port { get; } = FreePort();

    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres;Maximum Pool Size=40;SSL Mode=Disable";

    private static string? Binaries { get; } = FindBinaries();

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>Starts the server if it is not running, or skips the test where there is none to start.</summary>
    public async Task StartOrSkipAsync()
    {
        Assert.SkipUnless(Binaries is not null, "postgres is not installed.");
        await _starting.WaitAsync();
        try
        {
            if (_process is { HasExited: false })
            {
                return;
            }

            if (!_isPrepared)
            {
                await PrepareAsync();
                _isPrepared = true;
            }

            await StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Starts the process and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        var (file, arguments) = AsItsUser("postgres", ["-D", Data, "-p", $"{Port}", "-h", "127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200", "-c", "log_min_messages=log"]);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new System.Collections.Concurrent.ConcurrentQueue<string?>();
        var process = new Process { StartInfo = new ProcessStartInfo(file, arguments) { RedirectStandardError = true, RedirectStandardOutput = true }, EnableRaisingEvents = true };
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The server has ended: {string.Join('\n', said)}"));
        process.ErrorDataReceived += (_, line) =>
        {
            said.Enqueue(line.Data);
            if (line.Data?.Contains("ready to accept connections", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        };
        process.OutputDataReceived += static (_, _) => { };
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
        _process = process;
    }

    /// <summary>Ends all its processes at once, as a loss of power does.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
            File.Delete(Path.Combine(Data, "postmaster.pid"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _starting.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string? FindBinaries()
    {
        IEnumerable<string> folders = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin"))
            : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    private static (string File, string[] Arguments) AsItsUser(string program, string[] arguments)
    {
        var path = Path.Combine(Binaries!, program);

        // The server refuses to run as root; Debian's package brings a user for it.
        return Environment.UserName == "root" ? ("runuser", ["-u", "postgres", "--", path, .. arguments]) : (path, arguments);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task RunAsync(string file, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{file} failed: {await errors}");
    }

    private async Task PrepareAsync()
    {
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", ["postgres", _folder.FullName]);
        }

        var (file, arguments) = AsItsUser("initdb", ["-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]);
        await RunAsync(file, arguments);
    }
}
