using Microsoft.Extensions.Hosting;

namespace RagCaching.LatencyLab.Server;

/// <summary>Leaves Ctrl+C to the lab: the default lifetime would stop the server under the clients that still use it.</summary>
internal sealed class OwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
