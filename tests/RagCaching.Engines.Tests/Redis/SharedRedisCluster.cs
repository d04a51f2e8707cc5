using System.Diagnostics;
using RagCaching.Engines.Tests.Redis;
using RagCaching.Tests.TestDoubles;

[assembly: AssemblyFixture(typeof(SharedRedisCluster))]

namespace RagCaching.Engines.Tests.Redis;

/// <summary>A cluster of three servers, each with a third of the slots.</summary>
public sealed class SharedRedisCluster : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly List<RedisServer> _nodes = [];

    public string Configuration => string.Join(',', _nodes.Select(Address));

    /// <summary>Starts the cluster if it is not running, or skips the test where there is none to start.</summary>
    public async Task StartOrSkipAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_nodes.Count == 0)
            {
                await StartAsync();
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Kills one of the servers.</summary>
    /// <returns>Its address.</returns>
    public async Task<string> KillOneAsync()
    {
        await _nodes[^1].KillAsync();
        return Address(_nodes[^1]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        _starting.Dispose();
    }

    private static string Address(RedisServer node) => $"127.0.0.1:{node.Port}";

    private async Task StartAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            _nodes.Add(await RedisServer.StartOrSkipAsync("--cluster-enabled", "yes", "--cluster-config-file", $"nodes-{i}.conf"));
        }

        var said = await AskAsync(["--cluster", "create", .. _nodes.Select(Address), "--cluster-yes"]);
        Assert.True(said.Contains("All 16384 slots covered", StringComparison.Ordinal), $"The cluster was not made: {said}");

        // A node takes no commands for a while after it has joined.
        foreach (var node in _nodes)
        {
            for (var attempts = 0; !(said = await AskAsync(["-p", $"{node.Port}", "cluster", "info"])).Contains("cluster_state:ok", StringComparison.Ordinal); attempts++)
            {
                Assert.True(attempts < 10_000, $"The cluster does not come up: {said}");
            }
        }
    }

    private static async Task<string> AskAsync(string[] arguments)
    {
        using var tool = Process.Start(new ProcessStartInfo("redis-cli", arguments) { RedirectStandardOutput = true })!;
        var said = await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        Assert.True(tool.ExitCode == 0, $"redis-cli failed: {said}");
        return said;
    }
}
