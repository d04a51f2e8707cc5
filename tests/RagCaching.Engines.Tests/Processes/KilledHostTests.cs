using System.Globalization;
using RagCaching.Engines.Tests.Sqlite;

namespace RagCaching.Engines.Tests.Processes;

/// <summary>A host that is killed while it writes into a file.</summary>
public sealed class KilledHostTests : IDisposable
{
    private const int Times = 5;
    private const int Batch = 300;

    private readonly TestFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Kill_InMidWrite_LosesNothingThatWasFlushedAndServesNothingCorrupt()
    {
        var flushed = 0;
        for (var time = 0; time < Times; time++)
        {
            var host = await HostProcess.StartAsync("sqlite", _file.Path, "name");
            Assert.Equal($"stored {Batch}", await host.DoAsync($"store {Batch} t{time}-"));
            Assert.Equal("flushed", await host.DoAsync("flush"));
            flushed += Batch;

            // Some of these are written, some are on their way, and some are still to be made.
            await host.TellAsync($"store 100000 lost{time}-");
            await Task.Yield();
            await host.KillAsync();
            await host.DisposeAsync();

            await using var next = await HostProcess.StartAsync("sqlite", _file.Path, "name");
            var status = await next.DoAsync("status");
            var entries = int.Parse(status.Split("entries=")[1].Split(' ')[0], CultureInfo.InvariantCulture);
            Assert.True(entries >= flushed, $"{flushed} entries were flushed, {entries} are there.");
            for (var question = 0; question < Batch; question += 50)
            {
                Assert.Equal($"ExactHit answer to t{time}-{question}", await next.DoAsync($"ask t{time}-{question}"));
            }
        }
    }
}
