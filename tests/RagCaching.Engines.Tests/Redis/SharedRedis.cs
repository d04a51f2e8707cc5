using RagCaching.Engines.Tests.Redis;
using RagCaching.Tests.TestDoubles;

[assembly: AssemblyFixture(typeof(SharedRedis))]

namespace RagCaching.Engines.Tests.Redis;

/// <summary>One redis-server for all tests that leave it alone.</summary>
public sealed class SharedRedis : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private RedisServer? _server;

    public string Configuration => $"127.0.0.1:{_server!.Port}";

    /// <summary>Starts the server if it is not running, or skips the test where there is none to start.</summary>
    public async Task StartOrSkipAsync()
    {
        await _starting.WaitAsync();
        try
        {
            _server ??= await RedisServer.StartOrSkipAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _starting.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
