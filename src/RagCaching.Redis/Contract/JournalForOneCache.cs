using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace RagCaching.Redis.Contract;

/// <summary>Refuses two caches of a host in one journal: each would serve the other's answers.</summary>
internal sealed class JournalForOneCache : IValidateOptions<RedisJournalOptions>
{
    private readonly ConcurrentDictionary<(object Server, string Journal), string> _caches = new();

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, RedisJournalOptions options)
    {
        var cache = name ?? "";
        var other = _caches.GetOrAdd((options.ConnectionFactory ?? (object)options.Configuration, options.Name), cache);
        return other == cache
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Two caches would keep their answers in one journal and serve each other\'s: {NameOf(other)} and {NameOf(cache)}. Give one of them another {nameof(RedisJournalOptions)}.{nameof(options.Name)}.");
    }

    private static string NameOf(string cache) => cache.Length == 0 ? "the default cache" : $"the cache '{cache}'";
}
