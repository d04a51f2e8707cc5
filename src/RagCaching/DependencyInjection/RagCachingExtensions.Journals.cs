using Microsoft.Extensions.Hosting;
using RagCaching;
using RagCaching.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Lets a cache share what it stores with other instances, and keep it over a restart.</content>
public static partial class RagCachingExtensions
{
    /// <summary>Keeps stored answers in a journal, and answers from an index in memory that follows it: <see cref="JournaledVectorStore"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Creates the journal. The store disposes it.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="create"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// The journal is opened when the host starts. A journal that this host can never use fails the start with a <see cref="JournalMismatchException"/>. <see cref="ConfigureInMemoryStore"/> changes
    /// the bounds of the index.
    /// </remarks>
    public static IRagCachingBuilder UseVectorJournal(this IRagCachingBuilder builder, Func<IServiceProvider, IVectorJournal> create, Action<JournaledVectorStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);

        var key = builder.ServiceKey;
        builder.UseVectorStore(services => CacheServices.CreateStore(services, key, create(services))).ConfigureNamed<JournaledVectorStoreOptions>(configure ?? (static _ => { }));
        builder.Services.AddSingleton<IHostedService>(services => new JournalStart(services, key));
        return builder;
    }

    /// <summary>Changes how a cache stands to its journal.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder ConfigureJournal(this IRagCachingBuilder builder, Action<JournaledVectorStoreOptions> configure) => builder.ConfigureNamed(configure);
}
