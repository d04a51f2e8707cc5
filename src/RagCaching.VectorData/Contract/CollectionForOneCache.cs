using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;

namespace RagCaching.VectorData.Contract;

/// <summary>Refuses two caches of a host in one collection: removing by a filter in one would remove from the other. Thread-safe.</summary>
/// <remarks>One <see cref="VectorStore"/> is one database. Names that differ in case only are one name, as they are in some databases.</remarks>
internal sealed class CollectionForOneCache
{
    private readonly ConcurrentDictionary<(VectorStore Store, string Name), string> _caches = new();

    /// <summary>Gives a collection to a cache.</summary>
    /// <param name="store">The database.</param>
    /// <param name="collectionName">What the names of the collections begin with.</param>
    /// <param name="cache">The name of the cache; empty for the default one.</param>
    /// <exception cref="OptionsValidationException">Another cache has it.</exception>
    public void Claim(VectorStore store, string collectionName, string cache)
    {
        var other = _caches.GetOrAdd((store, collectionName.ToUpperInvariant()), cache);
        if (other != cache)
        {
            throw new OptionsValidationException(cache, typeof(VectorDataOptions),
            [
                $"Two caches would keep their answers in one collection of one VectorStore: {NameOf(other)} and {NameOf(cache)}. Give one of them another {nameof(VectorDataOptions)}.{nameof(VectorDataOptions.CollectionName)}.",
            ]);
        }
    }

    private static string NameOf(string cache) => cache.Length == 0 ? "the default cache" : $"the cache '{cache}'";
}
