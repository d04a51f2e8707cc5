using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RagCaching.DependencyInjection;

/// <summary>Opens the journal of a cache when the host starts: what can never be used stops the start, and what is only out of reach does where the host says so.</summary>
/// <param name="services">The services of the host.</param>
/// <param name="serviceKey">The key of the cache; <see langword="null"/> for the default one.</param>
internal sealed class JournalStart(IServiceProvider services, object? serviceKey) : IHostedService
{
    /// <inheritdoc/>
    /// <exception cref="JournalMismatchException">The journal can never be used by this host.</exception>
    /// <exception cref="JournalUnavailableException">The journal is out of reach, and the host does not want to start without it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var store = serviceKey is null ? services.GetRequiredService<IVectorStore>() : services.GetRequiredKeyedService<IVectorStore>(serviceKey);
        if (store is not JournaledVectorStore journaled)
        {
            return;
        }

        var options = services.GetRequiredService<IOptionsMonitor<JournaledVectorStoreOptions>>().Get(RagCachingBuilder.OptionsNameOf(serviceKey));
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        try
        {
            await journaled.WhenOpenAsync(cancellationToken).WaitAsync(options.CallTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            if (options.RequireAtStart)
            {
                throw new JournalUnavailableException(
                    $"The journal of the cache could not be opened within {options.CallTimeout} ({nameof(JournaledVectorStoreOptions)}.{nameof(options.CallTimeout)}), and {nameof(options.RequireAtStart)} is set. The log says why.", exception);
            }
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
