using RagCaching.ErrorBudgets;
using RagCaching.Internal.Limits;
using RagCaching.Semantic.Entries;

namespace RagCaching.Semantic.Storing;

/// <summary>Removes stored answers. Unlike in lookups, failures reach the caller, who must know; and it is the caller who says how long a store may take, whether or not the store listens to a token.</summary>
internal sealed class EntryRemover(IVectorStore store, EntryLocator entries, KeySpace keys, RemovalLog removals, BudgetScopes? budgets)
{
    public async ValueTask<EntryStatus> RemoveAsync(string entryId, CacheScope? scope, CancellationToken cancellationToken)
    {
        var found = await WaitAsync(entries.FindAsync(entryId, entries.ScopeLabelOf(scope), cancellationToken), cancellationToken).ConfigureAwait(false);
        return found.Entry is not { } entry ? found.Status
            : await WaitAsync(store.RemoveAsync(entry.Partition, entry.Id, cancellationToken), cancellationToken).ConfigureAwait(false) ? EntryStatus.Done
            : EntryStatus.Unknown;
    }

    public async ValueTask<long> RemoveWhereAsync(EntryFilter filter, CancellationToken cancellationToken)
    {
        var labels = LabelsOf(filter);
        if (filter is { Tag: null, SourceId: null, CreatedBy: null, ModelId: null, CreatedBefore: null })
        {
            budgets?.Forget(filter.Scope is { } scope ? keys.ScopeLabel(scope) : null);
        }

        // First the log, then the store: an answer being generated is either swept or refused.
        removals.Add(labels, filter.CreatedBefore);
        return await WaitAsync(store.RemoveWhereAsync(new VectorFilter { Labels = labels, CreatedBefore = filter.CreatedBefore }, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<long> CountWhereAsync(EntryFilter filter, CancellationToken cancellationToken) => WaitAsync(store.CountAsync(Select(filter), cancellationToken), cancellationToken);

    /// <summary>Says what a filter selects as stores understand it.</summary>
    public VectorFilter Select(EntryFilter filter) => new() { Labels = LabelsOf(filter), CreatedBefore = filter.CreatedBefore };

    private static ValueTask<TResult> WaitAsync<TResult>(ValueTask<TResult> call, CancellationToken cancellationToken) =>
        call.IsCompleted || !cancellationToken.CanBeCanceled ? call : WaitForItAsync(call.AsTask(), cancellationToken);

    private static async ValueTask<TResult> WaitForItAsync<TResult>(Task<TResult> call, CancellationToken cancellationToken)
    {
        // Nobody sees how a call ends that was given up.
        TimeLimit.Observe(call);
        return await call.WaitAsync(cancellationToken).ConfigureAwait(false);
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

        if (filter.CreatedBy is { } createdBy)
        {
            labels.Add(keys.CreatorLabel(createdBy));
        }

        if (filter.ModelId is { } modelId)
        {
            labels.Add(keys.ModelLabel(modelId));
        }

        return [.. labels];
    }
}
