using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace RagCaching.Sqlite.Contract;

/// <summary>Refuses two caches of a host in one journal: each would serve the other's answers.</summary>
internal sealed class JournalForOneCache : IValidateOptions<SqliteJournalOptions>
{
    private readonly ConcurrentDictionary<string, string> _caches = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SqliteJournalOptions options)
    {
        // That a path is none is said by the other rules.
        if (string.IsNullOrWhiteSpace(options.Path))
        {
            return ValidateOptionsResult.Skip;
        }

        var cache = name ?? "";
        var other = _caches.GetOrAdd(Path.GetFullPath(options.Path), cache);
        return other == cache
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Two caches would keep their answers in one journal and serve each other\'s: {NameOf(other)} and {NameOf(cache)}. Give one of them another {nameof(SqliteJournalOptions)}.{nameof(options.Path)}.");
    }

    private static string NameOf(string cache) => cache.Length == 0 ? "the default cache" : $"the cache '{cache}'";
}
