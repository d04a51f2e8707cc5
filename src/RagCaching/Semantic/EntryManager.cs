using System.Diagnostics.CodeAnalysis;
using RagCaching.Internal;
using RagCaching.Semantic.Entries;

namespace RagCaching.Semantic;

/// <summary>Removes stored answers and takes reports about them. Unlike lookups, failures reach the caller, who must know.</summary>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "The semaphore's wait handle is never asked for: there is nothing to dispose.")]
internal sealed class EntryManager(
    IVectorStore store, EntryReader reader, KeySpace keys, AliasTable aliases, RemovalLog removals, RequestReader requests)
{
    // Reports read, change and write an entry's state; they are rare, so one at a time will do.
    private readonly SemaphoreSlim _reports = new(1, 1);

    public async ValueTask<bool> RemoveAsync(string entryId, CacheScope? scope, CancellationToken cancellationToken)
    {
        var found = await FindAsync(entryId, scope, cancellationToken).ConfigureAwait(false);
        return found is not null
            && await store.RemoveAsync(found.Value.Entry.Partition, found.Value.Entry.Id, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> RemoveWhereAsync(EntryFilter filter, CancellationToken cancellationToken)
    {
        var labels = LabelsOf(filter);

        // First the log, then the store: an answer being generated is either swept or refused.
        removals.Add(labels, filter.CreatedBefore);
        return await store.RemoveWhereAsync(new VectorFilter { Labels = labels, CreatedBefore = filter.CreatedBefore }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> ReportAsync(string entryId, string question, bool correct, CacheScope? scope, CancellationToken cancellationToken)
    {
        await _reports.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await FindAsync(entryId, scope, cancellationToken).ConfigureAwait(false) is not (var entry, var state))
            {
                return false;
            }

            var digest = keys.Question(entry.Partition, question);
            var questionKey = digest.ToShortText();
            if (!correct)
            {
                aliases.Remove(entry.Partition, questionKey);
            }

            if (state.With(questionKey, entry.Id, correct) is not { } changed)
            {
                return await store.RemoveAsync(entry.Partition, entry.Id, cancellationToken).ConfigureAwait(false);
            }

            _ = Digest.TryParseShort(entry.Id, out var key);
            var metadata = EntryStateCodec.Encode(changed, key, entry.CreatedAt, entry.ExpiresAt);
            return await store.SetMetadataAsync(entry.Partition, entry.Id, metadata, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _reports.Release();
        }
    }

    private async ValueTask<(VectorEntry Entry, EntryState State)?> FindAsync(string entryId, CacheScope? scope, CancellationToken cancellationToken)
    {
        var scopeLabel = keys.ScopeLabel(requests.ScopeOf(scope));
        return EntryId.TryParse(entryId, out var id)
            && await store.GetAsync(id.Partition, id.QuestionKey, cancellationToken).ConfigureAwait(false) is { } entry
            && await reader.ReadStateAsync(entry, scopeLabel, cancellationToken).ConfigureAwait(false) is { } state
            && state.Nonce == id.Nonce
                ? (entry, state)
                : null;
    }

    private string[] LabelsOf(EntryFilter filter)
    {
        var labels = new List<string>();
        if (filter.Scope is { } scope)
        {
            labels.Add(keys.ScopeLabel(scope));
        }

        if (filter.Tag is { } tag)
        {
            labels.Add(keys.TagLabel(tag));
        }

        if (filter.SourceId is { } sourceId)
        {
            labels.Add(keys.SourceLabel(sourceId));
        }

        if (filter.ModelId is { } modelId)
        {
            labels.Add(keys.ModelLabel(modelId));
        }

        return [.. labels];
    }
}
