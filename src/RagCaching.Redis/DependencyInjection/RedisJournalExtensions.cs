using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RagCaching;
using RagCaching.Redis.Contract;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Shares what a cache has through Redis.</summary>
public static class RedisJournalExtensions
{
    /// <summary>Keeps stored answers in Redis or Valkey: they survive restarts of the host, and all instances with the same server and name share them.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">How the server is reached: a configuration of StackExchange.Redis.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The builder. <c>ConfigureJournal</c> changes how the cache stands to the journal.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="configuration"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="configuration"/> is blank.</exception>
    public static IRagCachingBuilder UseRedisJournal(this IRagCachingBuilder builder, string configuration, Action<RedisJournalOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);

        var name = builder.ServiceKey?.ToString() ?? Options.Options.DefaultName;
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisJournalOptions>, RedisJournalOptionsRules>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisJournalOptions>, JournalForOneCache>());
        var options = builder.Services.AddOptions<RedisJournalOptions>(name).Configure(settings => settings.Configuration = configuration);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        return builder.UseVectorJournal(services => new RedisVectorJournal(services.GetRequiredService<IOptionsMonitor<RedisJournalOptions>>().Get(name), services));
    }
}
