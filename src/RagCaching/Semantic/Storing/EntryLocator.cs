using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Storing;

/// <summary>Finds stored answers by their ids, for callers that manage them.</summary>
internal sealed class EntryLocator(IVectorStore store, EntryValidator validator, KeySpace keys, RequestFactory requests)
{
    /// <summary>Gets the label of a scope, or of the caller's own.</summary>
    /// <exception cref="InvalidOperationException">No scope is known.</exception>
    public string ScopeLabelOf(CacheScope? scope) => keys.ScopeLabel(requests.ScopeOf(scope));

    /// <summary>Finds an entry.</summary>
    /// <returns>The entry; <see langword="null"/> if there is none with this id, or it is another scope's.</returns>
    public async ValueTask<(VectorEntry Entry, EntryState State)?> FindAsync(string entryId, string scopeLabel, CancellationToken cancellationToken) =>
        EntryId.TryParse(entryId, out var id)
        && await store.GetAsync(id.Partition, id.QuestionKey, cancellationToken).ConfigureAwait(false) is { } entry
        && await validator.ReadStateAsync(entry, scopeLabel, cancellationToken).ConfigureAwait(false) is { } state
        && state.Nonce == id.Nonce
            ? (entry, state)
            : null;
}
