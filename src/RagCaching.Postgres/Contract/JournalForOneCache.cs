using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace RagCaching.Postgres.Contract;

/// <summary>Refuses two caches of a host in one journal: each would serve the other's answers.</summary>
internal sealed class JournalForOneCache : IValidateOptions<PostgresJournalOptions>
{
    private readonly ConcurrentDictionary<(string Server, string Schema), string> _caches = new();

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PostgresJournalOptions options)
    {
        var cache = name ?? "";
        var other = _caches.GetOrAdd((options.ConnectionString, options.Schema), cache);
        return other == cache
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Two caches would keep their answers in one journal and serve each other\'s: {NameOf(other)} and {NameOf(cache)}. Give one of them another {nameof(PostgresJournalOptions)}.{nameof(options.Schema)}.");
    }

    private static string NameOf(string cache) => cache.Length == 0 ? "the default cache" : $"the cache '{cache}'";
}
