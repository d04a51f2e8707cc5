using Microsoft.Extensions.Configuration;
using RagCaching;
using RagCaching.DependencyInjection;
using RagCaching.DependencyInjection.Checks;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Changes the settings of a cache after <c>AddRagCaching</c>.</content>
public static partial class RagCachingExtensions
{
    private const string EmbeddingsSection = "Embeddings";
    private const string StoreSection = "InMemoryStore";
    private const string GuardSection = "LexicalGuard";
    private const string ChatSection = "Chat";
    private const string KeysSection = "Keys";
    private const string ProtectionSection = "Protection";

    /// <summary>Reads the settings from configuration.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="section">
    /// A section with the properties of <see cref="SemanticCacheOptions"/>, where <c>Limits</c>, <c>Shadow</c>, <c>ScopeThresholds</c>, <c>FailSafe</c>, <c>Lifetimes</c> and <c>ErrorBudget</c> are subsections. It may also
    /// have the subsections <c>Embeddings</c> (<see cref="CachedEmbedderOptions"/>), <c>InMemoryStore</c> (<see cref="InMemoryVectorStoreOptions"/>), <c>LexicalGuard</c>
    /// (<see cref="LexicalGuardOptions"/>), <c>Chat</c> (<see cref="SemanticCachingChatClientOptions"/>, except its delegates), <c>Keys</c> (<see cref="RagCachingKeyOptions"/>) and
    /// <c>Protection</c> (<see cref="AesGcmProtectionOptions"/>, for <see cref="UseAesGcmProtection"/>); the last two are shared by all caches of the host.
    /// </param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <remarks>
    /// The section is checked when the host starts, when the cache is first used without one, and when the configuration changes: keys that are no settings, values that cannot be read, times that .NET reads as
    /// something else ("24:00:00" is 24 days) and a section that is not there throw an <see cref="Options.OptionsValidationException"/> that names the key and what was probably meant. See docs/configuration.md.
    /// </remarks>
    public static IRagCachingBuilder BindConfiguration(this IRagCachingBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);

        var name = RagCachingBuilder.OptionsNameOf(builder.ServiceKey);
        builder.Services.AddOptions<SemanticCacheOptions>(name).CheckedBy(new SectionCheck(section, CoreSettings.Value, isRequired: true, services => UnusedProtection(section, services)), section).Bind(section);
        builder.Services.AddOptions<CachedEmbedderOptions>(name).CheckedBy(section, EmbeddingsSection).Bind(section.GetSection(EmbeddingsSection));
        builder.Services.AddOptions<InMemoryVectorStoreOptions>(name).CheckedBy(section, StoreSection).Bind(section.GetSection(StoreSection));
        builder.Services.AddOptions<LexicalGuardOptions>(name).CheckedBy(section, GuardSection).Bind(section.GetSection(GuardSection));
        builder.Services.AddOptions<SemanticCachingChatClientOptions>(name).CheckedBy(section, ChatSection)
            .Configure(options => section.GetSection(ChatSection).Get<ChatClientSettings>()?.ApplyTo(options));
        builder.Services.AddOptions<RagCachingKeyOptions>().CheckedBy(section, KeysSection).Bind(section.GetSection(KeysSection));
        builder.Services.AddOptions<AesGcmProtectionOptions>().CheckedBy(section, ProtectionSection).Bind(section.GetSection(ProtectionSection));
        return builder;
    }

    /// <summary>Changes the settings of the embedding cache.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder ConfigureEmbeddings(this IRagCachingBuilder builder, Action<CachedEmbedderOptions> configure) => builder.ConfigureNamed(configure);

    /// <summary>Changes the bounds of the in-memory store, which is the default store.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder ConfigureInMemoryStore(this IRagCachingBuilder builder, Action<InMemoryVectorStoreOptions> configure) => builder.ConfigureNamed(configure);

    /// <summary>Changes the guard that is on by default, or switches it off.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder ConfigureLexicalGuard(this IRagCachingBuilder builder, Action<LexicalGuardOptions> configure) => builder.ConfigureNamed(configure);

    /// <summary>Changes the settings of every chat client that uses this cache through <c>UseSemanticCache</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the settings. Settings in the call of <c>UseSemanticCache</c> take precedence.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder ConfigureChatClient(this IRagCachingBuilder builder, Action<SemanticCachingChatClientOptions> configure) => builder.ConfigureNamed(configure);

    private static IRagCachingBuilder ConfigureNamed<TOptions>(this IRagCachingBuilder builder, Action<TOptions> configure)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.Configure(RagCachingBuilder.OptionsNameOf(builder.ServiceKey), configure);
        return builder;
    }
}
