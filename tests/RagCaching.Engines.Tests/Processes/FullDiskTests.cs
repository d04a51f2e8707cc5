using RagCaching.Engines.Tests.Sqlite;

namespace RagCaching.Engines.Tests.Processes;

/// <summary>A host whose file cannot grow any more.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Fitting = 200;
    private const int TooMany = 8_000;

    private readonly TestFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Disk_FullAndEmptiedAgain_DoesNotKeepTheHostFromServingAndLosesNothing()
    {
        await using (var host = await HostProcess.StartWithFileLimitAsync(4L << 20, "sqlite", _file.Path, "name"))
        {
            await host.DoAsync($"store {Fitting} fits-");
            Assert.Equal("flushed", await host.DoAsync("flush"));

            // The writing stops in the middle of these.
            Assert.Equal($"stored {TooMany}", await host.DoAsync($"store {TooMany} waits-"));
            await host.UntilAsync("status", answer => !answer.EndsWith(" failures=0", StringComparison.Ordinal));
            Assert.Equal("ExactHit answer to fits-0", await host.DoAsync("ask fits-0"));
            Assert.Equal($"ExactHit answer to waits-{TooMany - 1}", await host.DoAsync($"ask waits-{TooMany - 1}"));
            Assert.StartsWith("Miss answer to ", await host.DoAsync("ask something-else"), StringComparison.Ordinal);
            Assert.Contains("serving=True", await host.DoAsync("status"), StringComparison.Ordinal);

            await host.LiftFileLimitAsync();
            Assert.Equal("flushed", await host.DoAsync("flush"));
            Assert.Contains("dropped=0", await host.DoAsync("status"), StringComparison.Ordinal);
        }

        await using var next = await HostProcess.StartAsync("sqlite", _file.Path, "name");
        Assert.Equal(Fitting + TooMany + 1, await next.EntriesAsync());
        Assert.Equal($"ExactHit answer to waits-{TooMany - 1}", await next.DoAsync($"ask waits-{TooMany - 1}"));
    }
}
