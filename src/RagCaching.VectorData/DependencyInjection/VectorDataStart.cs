using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.VectorData.Diagnostics;

namespace RagCaching.VectorData.DependencyInjection;

/// <summary>Opens the collection of a cache when the host starts: what can never be used stops the start, and what is only out of reach does not.</summary>
/// <param name="services">The services of the host.</param>
/// <param name="serviceKey">The key of the cache; <see langword="null"/> for the default one.</param>
internal sealed class VectorDataStart(IServiceProvider services, object? serviceKey) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    /// <exception cref="VectorStoreCapabilityException">The database cannot do what is needed.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var store = serviceKey is null ? services.GetRequiredService<IVectorStore>() : services.GetRequiredKeyedService<IVectorStore>(serviceKey);
        if (store is not VectorDataStore opened)
        {
            return;
        }

        var reporting = new FaultReporting(
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            new CacheTelemetry(TelemetryNames.Kinds.Response, serviceKey?.ToString() ?? SemanticCache.DefaultName, services),
            QuietLogger.From<VectorDataStore>(services));
        var barrier = new FaultBarrier(TelemetryNames.Operations.Read, reporting, static (logger, errorType, exception) => VectorDataLog.OutOfReach(logger, errorType, exception), Patience);
        var refusal = await barrier.RunAsync(OpenAsync, opened, fallback: null, cancellationToken).ConfigureAwait(false);
        refusal?.Throw();
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async ValueTask<ExceptionDispatchInfo?> OpenAsync(VectorDataStore store, CancellationToken cancellationToken)
    {
        try
        {
            await store.OpenAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (VectorStoreCapabilityException exception)
        {
            return ExceptionDispatchInfo.Capture(exception);
        }
    }
}
