using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace RagCaching.VectorData.Contract;

/// <summary>Refuses two caches of a host in one collection: removing by a filter in one would remove from the other.</summary>
internal sealed class CollectionForOneCache : IValidateOptions<VectorDataOptions>
{
    private readonly ConcurrentDictionary<string, string> _caches = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, VectorDataOptions options)
    {
        var cache = name ?? "";
        var other = _caches.GetOrAdd(options.CollectionName ?? "", cache);
        return other == cache
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Two caches would keep their answers in one collection: {NameOf(other)} and {NameOf(cache)}. Give one of them another {nameof(VectorDataOptions)}.{nameof(options.CollectionName)}.");
    }

    private static string NameOf(string cache) => cache.Length == 0 ? "the default cache" : $"the cache '{cache}'";
}
