using RagCaching.ErrorBudgets;
using RagCaching.Internal;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Limits;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Storing;

/// <summary>Removes stored answers and takes reports about them. Unlike lookups, failures reach the caller, who must know.</summary>
internal sealed class EntryManager(
    IVectorStore store, EntryValidator reader, KeySpace keys, AliasTable aliases, RemovalLog removals, RequestFactory requests, BudgetScopes? budgets, BudgetLearner? learner, TimeProvider time)
{
    // A store that hangs must not keep the reports about an entry waiting for ever.
    private static readonly TimeSpan ReportTimeout = TimeSpan.FromSeconds(10);

    // A report reads, changes and writes an entry's state.
    private readonly KeyedLocks _reports = new();

    public async ValueTask<bool> RemoveAsync(string entryId, CacheScope? scope, CancellationToken cancellationToken)
    {
        var found = await FindAsync(entryId, scope, cancellationToken).ConfigureAwait(false);
        return found is not null
            && await store.RemoveAsync(found.Value.Entry.Partition, found.Value.Entry.Id, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> RemoveWhereAsync(EntryFilter filter, CancellationToken cancellationToken)
    {
        var labels = LabelsOf(filter);
        if (filter is { Tag: null, SourceId: null, ModelId: null, CreatedBefore: null })
        {
            budgets?.Forget(filter.Scope is { } scope ? keys.ScopeLabel(scope) : null);
        }

        // First the log, then the store: an answer being generated is either swept or refused.
        removals.Add(labels, filter.CreatedBefore);
        return await store.RemoveWhereAsync(new VectorFilter { Labels = labels, CreatedBefore = filter.CreatedBefore }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> ReportAsync(string entryId, string question, bool correct, CacheScope? scope, CancellationToken cancellationToken)
    {
        using var holder = await _reports.EnterAsync(entryId, cancellationToken).ConfigureAwait(false);
        return await TimeLimit.RunAsync(ReportAsync, new Report(entryId, question, correct, scope), ReportTimeout, time, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> ReportAsync(Report report, CancellationToken cancellationToken)
    {
        if (await FindAsync(report.EntryId, report.Scope, cancellationToken).ConfigureAwait(false) is not var (entry, state))
        {
            return false;
        }

        var questionKey = keys.Question(entry.Partition, report.Question).ToShortText();
        if (!report.IsCorrect)
        {
            aliases.Remove(entry.Partition, questionKey);
        }

        if (learner is not null)
        {
            var scopeLabel = keys.ScopeLabel(requests.ScopeOf(report.Scope));
            await learner.ReportAsync(scopeLabel, new EntryId(entry.Partition, entry.Id, state.Nonce), state, questionKey, report.IsCorrect, cancellationToken).ConfigureAwait(false);
        }

        if (state.With(questionKey, entry.Id, report.IsCorrect) is not { } changed)
        {
            return await store.RemoveAsync(entry.Partition, entry.Id, cancellationToken).ConfigureAwait(false);
        }

        _ = Digest.TryParseShort(entry.Id, out var key);
        var metadata = EntryStateCodec.Encode(changed, key, entry.CreatedAt, entry.ExpiresAt);
        return await store.SetMetadataAsync(entry.Partition, entry.Id, metadata, cancellationToken).ConfigureAwait(false);
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

    private readonly record struct Report(string EntryId, string Question, bool IsCorrect, CacheScope? Scope);
}
