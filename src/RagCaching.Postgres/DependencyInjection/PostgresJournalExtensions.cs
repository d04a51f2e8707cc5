using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RagCaching;
using RagCaching.Postgres.Contract;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Shares what a cache has through PostgreSQL.</summary>
public static class PostgresJournalExtensions
{
    /// <summary>Keeps stored answers in PostgreSQL: they survive restarts, and all instances with the same database and schema share them.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">How the server is reached.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The builder. <c>ConfigureJournal</c> changes how the cache stands to the journal.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="connectionString"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> is blank.</exception>
    public static IRagCachingBuilder UsePostgresJournal(this IRagCachingBuilder builder, string connectionString, Action<PostgresJournalOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);

        var name = builder.ServiceKey?.ToString() ?? Options.Options.DefaultName;
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PostgresJournalOptions>, PostgresJournalOptionsRules>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PostgresJournalOptions>, JournalForOneCache>());
        var options = builder.Services.AddOptions<PostgresJournalOptions>(name).Configure(settings => settings.ConnectionString = connectionString);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        return builder.UseVectorJournal(services => new PostgresVectorJournal(services.GetRequiredService<IOptionsMonitor<PostgresJournalOptions>>().Get(name), services));
    }
}
