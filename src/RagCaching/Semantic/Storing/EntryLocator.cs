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
    /// <returns>The entry, or why there is none.</returns>
    public async ValueTask<Found> FindAsync(string entryId, string scopeLabel, CancellationToken cancellationToken)
    {
        if (!EntryId.TryParse(entryId, out var id) || await store.GetAsync(id.Partition, id.QuestionKey, cancellationToken).ConfigureAwait(false) is not { } entry)
        {
            return new Found(EntryStatus.Unknown);
        }

        if (await validator.ReadStateAsync(entry, scopeLabel, cancellationToken, EntryUse.Manage).ConfigureAwait(false) is { } state && state.Nonce == id.Nonce)
        {
            return new Found(EntryStatus.Done, entry, state);
        }

        // Who has the whole id was given it: that the answer exists is no news.
        return new Found(validator.IsOfAnotherScope(entry, scopeLabel, id.Nonce) ? EntryStatus.OtherScope : EntryStatus.Unknown);
    }

    /// <summary>What was found.</summary>
    /// <param name="Status">Whether there is an entry.</param>
    /// <param name="Entry">The entry, if there is one.</param>
    /// <param name="State">Its state.</param>
    internal readonly record struct Found(EntryStatus Status, VectorEntry? Entry = null, EntryState? State = null);
}
