using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching;
using RagCaching.Contract.Settings;
using RagCaching.Internal.Text;

namespace Microsoft.Extensions.AI;

/// <summary>Adds a semantic cache to a chat client, controls it for a request, and reads from a response where it came from.</summary>
public static partial class SemanticCacheChatExtensions
{
    /// <summary>Answers from a semantic cache where possible.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="cache">The cache; <see langword="null"/> for the one that <c>AddRagCaching</c> registered.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// Put it in front of whatever should not run for a cached answer, and behind whatever should: logging, telemetry. Building the client throws an <see cref="InvalidOperationException"/> where no cache is
    /// given or registered.
    /// </remarks>
    public static ChatClientBuilder UseSemanticCache(
        this ChatClientBuilder builder, ISemanticCache? cache = null, Action<SemanticCachingChatClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.Use((inner, services) => Create(inner, cache ?? services.GetService<ISemanticCache>() ?? throw NotRegistered(), serviceKey: null, configure, services));
    }

    /// <summary>Answers from a semantic cache that was registered under a key.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="serviceKey">The key given to <c>AddKeyedRagCaching</c>.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="serviceKey"/> is <see langword="null"/>.</exception>
    /// <remarks>As <see cref="UseSemanticCache"/>.</remarks>
    public static ChatClientBuilder UseKeyedSemanticCache(
        this ChatClientBuilder builder, object serviceKey, Action<SemanticCachingChatClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(serviceKey);

        return builder.Use((inner, services) => Create(inner, services.GetKeyedService<ISemanticCache>(serviceKey) ?? throw NotRegistered(serviceKey, services), serviceKey, configure, services));
    }

    private static InvalidOperationException NotRegistered() => new(
        "UseSemanticCache needs a semantic cache and none is registered. Add services.AddRagCaching(), or pass a cache to UseSemanticCache. A cache with a key is used by UseKeyedSemanticCache.");

    private static InvalidOperationException NotRegistered(object serviceKey, IServiceProvider services)
    {
        string[] keys = [.. services.GetServices<CacheKey>().Select(key => key.Value?.ToString()).OfType<string>()];
        var known = keys.Length == 0 ? "" : $" The caches have the keys {string.Join(", ", keys.Select(key => $"'{key}'"))}.{NearestName.Hint(serviceKey.ToString() ?? "", keys)}";
        return new($"UseKeyedSemanticCache needs a semantic cache under the key '{serviceKey}' and none is registered.{known} Add services.AddKeyedRagCaching with that key.");
    }

    private static SemanticCachingChatClient Create(
        IChatClient inner, ISemanticCache cache, object? serviceKey, Action<SemanticCachingChatClientOptions>? configure, IServiceProvider services)
    {
        // A new instance each time: changing the host's own would change it for every client.
        var options = services.GetService<IOptionsFactory<SemanticCachingChatClientOptions>>()?.Create(serviceKey?.ToString() ?? Options.Options.DefaultName) ?? new SemanticCachingChatClientOptions();
        configure?.Invoke(options);
        return new SemanticCachingChatClient(inner, cache, options, serviceKey, services);
    }
}
