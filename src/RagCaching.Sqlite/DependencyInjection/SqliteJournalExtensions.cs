using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RagCaching;
using RagCaching.Sqlite.Contract;
using RagCaching.Sqlite.Embeddings;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps what a cache has in a SQLite file.</summary>
public static class SqliteJournalExtensions
{
    /// <summary>Keeps stored answers in a SQLite file: they survive restarts, and the processes of one machine that name the same file share them.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The path of the file. Its folder must exist.</param>
    /// <param name="configure">Changes the settings of the file.</param>
    /// <returns>The builder. <c>ConfigureJournal</c> changes how the cache stands to the journal.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="path"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank.</exception>
    public static IRagCachingBuilder UseSqliteJournal(this IRagCachingBuilder builder, string path, Action<SqliteJournalOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);

        var name = builder.ServiceKey?.ToString() ?? Options.Options.DefaultName;
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteJournalOptions>, SqliteJournalOptionsRules>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteJournalOptions>, JournalForOneCache>());
        var options = builder.Services.AddOptions<SqliteJournalOptions>(name).Configure(settings => settings.Path = path);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        return builder.UseVectorJournal(
            services => new SqliteVectorJournal(services.GetRequiredService<IOptionsMonitor<SqliteJournalOptions>>().Get(name), services),
            static journal => journal.ShareGeneration ??= false);
    }

    /// <summary>Keeps embeddings in a SQLite file, as the host's <see cref="IDistributedCache"/>: a vector that was paid for once survives restarts.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The path of the file; <see langword="null"/> for the one that <see cref="UseSqliteJournal"/> has named.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank.</exception>
    /// <remarks>Registers an <see cref="IBufferDistributedCache"/> for values of any kind; the file is made when it is first used.</remarks>
    public static IRagCachingBuilder AddSqliteEmbeddingStorage(this IRagCachingBuilder builder, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (path is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(path);
        }

        var name = builder.ServiceKey?.ToString() ?? Options.Options.DefaultName;
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteJournalOptions>, SqliteJournalOptionsRules>());
        builder.Services.AddSingleton<IDistributedCache>(services =>
        {
            var options = path is null ? services.GetRequiredService<IOptionsMonitor<SqliteJournalOptions>>().Get(name) : new SqliteJournalOptions { Path = path };
            return new SqliteEmbeddingStorage(options, services.GetService<TimeProvider>() ?? TimeProvider.System);
        });
        return builder;
    }
}
