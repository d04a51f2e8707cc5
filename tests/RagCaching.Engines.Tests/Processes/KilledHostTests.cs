using System.Globalization;
using RagCaching.Engines.Tests.Sqlite;

namespace RagCaching.Engines.Tests.Processes;

/// <summary>A host that is killed while it writes into a file.</summary>
public sealed class KilledHostTests : IDisposable
{
    private const int Times = 20;
    private const int Batch = 300;

    private readonly TestFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Kill_InMidWrite_LosesNothingThatWasFlushedAndServesNothingCorrupt()
    {
        for (var time = 0; time < Times; time++)
        {
            await using var host = await HostProcess.StartAsync("sqlite", _file.Path, "name");
            await CheckAsync(host, time);
            Assert.Equal($"stored {Batch}", await host.DoAsync($"store {Batch} t{time}-"));
            Assert.Equal("flushed", await host.DoAsync("flush"));

            // Some of these are written, some are on their way, and some are still to be made.
            await host.TellAsync($"store 100000 lost{time}-");
            await Task.Yield();
            await host.KillAsync();
        }

        await using var last = await HostProcess.StartAsync("sqlite", _file.Path, "name");
        await CheckAsync(last, Times);
    }

    // All that was flushed is there, and is what was stored.
    private static async Task CheckAsync(HostProcess host, int batches)
    {
        var entries = await host.EntriesAsync();
        Assert.True(entries >= batches * Batch, string.Create(CultureInfo.InvariantCulture, $"{batches * Batch} entries were flushed, {entries} are there."));
        for (var question = 0; batches > 0 && question < Batch; question += 50)
        {
            Assert.Equal($"ExactHit answer to t{batches - 1}-{question}", await host.DoAsync($"ask t{batches - 1}-{question}"));
        }
    }
}
