using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace RagCaching.Tests.TestDoubles;

/// <summary>A real redis-server on a free loopback port, without persistence, that a test may freeze, kill and start again.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const string Executable = "redis-server";

    private static readonly ConcurrentDictionary<int, bool> Taken = new();

    // What a replica has been sent stays there as a file, which the next server of the same folder would load.
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ragcaching-redis-");
    private readonly string[] _extraArguments;
    private Process? _process;

    private RedisServer(string[] extraArguments) => _extraArguments = extraArguments;

    public int Port { get; } = FreePort();

    /// <summary>Starts a server, or skips the test where there is none to start.</summary>
    public static async Task<RedisServer> StartOrSkipAsync(params string[] extraArguments)
    {
        Assert.SkipUnless(IsInstalled(), $"{Executable} is not on the PATH.");
        var server = new RedisServer(extraArguments);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts the process and waits until it answers.</summary>
    public async Task StartAsync()
    {
        string[] arguments = ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.FullName, .. _extraArguments];
        _process = Process.Start(new ProcessStartInfo(Executable, arguments) { RedirectStandardOutput = true })!;

        // It says so when it listens; its output is read on so that it never waits for a full pipe.
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Ready to accept connections", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        };
        _process.BeginOutputReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>Stops the process without its clients noticing.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>The client settings that the documentation recommends.</summary>
    /// <param name="timeout">Every limit of the client, in milliseconds; long where a busy machine must not look like a failing server.</param>
    public ConfigurationOptions ClientOptions(int timeout) => new()
    {
        EndPoints = { { IPAddress.Loopback, Port } },
        AbortOnConnectFail = false,
        BacklogPolicy = BacklogPolicy.FailFast,
        ConnectTimeout = timeout,
        AsyncTimeout = timeout,
        SyncTimeout = timeout,
        ConnectRetry = 1,
        ReconnectRetryPolicy = new LinearRetry(200),
        HeartbeatInterval = TimeSpan.FromMilliseconds(200),
    };

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private static bool IsInstalled() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Executable)));

    // The port of a server that was killed is free, but its clients still call there.
    private static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (Taken.TryAdd(port, true))
            {
                return port;
            }
        }
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }
}
