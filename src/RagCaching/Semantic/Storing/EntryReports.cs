using RagCaching.ErrorBudgets;
using RagCaching.Internal.Digests;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Lookups;

namespace RagCaching.Semantic.Storing;

/// <summary>Takes reports about stored answers. Unlike in lookups, failures reach the caller, who must know.</summary>
internal sealed class EntryReports(IVectorStore store, EntryLocator entries, KeySpace keys, AliasTable aliases, ServedDecisions? served, EntryChanges changes)
{
    public ValueTask<EntryStatus> ReportAsync(string entryId, string question, bool correct, CacheScope? scope, CancellationToken cancellationToken) =>
        changes.RunAsync(entryId, ReportAsync, new Report(entryId, question, correct, scope), cancellationToken);

    private async ValueTask<EntryStatus> ReportAsync(Report report, CancellationToken cancellationToken)
    {
        var scopeLabel = entries.ScopeLabelOf(report.Scope);
        var found = await entries.FindAsync(report.EntryId, scopeLabel, cancellationToken).ConfigureAwait(false);
        if (found is not { Entry: { } entry, State: { } state })
        {
            return found.Status;
        }

        var questionKey = keys.Question(entry.Partition, report.Question).ToShortText();
        if (!report.IsCorrect)
        {
            aliases.Remove(entry.Partition, questionKey);
        }

        if (served is not null)
        {
            await served.ReportAsync(scopeLabel, new EntryId(entry.Partition, entry.Id, state.Nonce), state, questionKey, report.IsCorrect, cancellationToken).ConfigureAwait(false);
        }

        // The answer's own question may be stored under a key that holds more than its text.
        var ownKey = report.Question == state.Question ? questionKey : entry.Id;
        if (state.With(questionKey, ownKey, report.IsCorrect) is not { } changed)
        {
            return StatusOf(await store.RemoveAsync(entry.Partition, entry.Id, cancellationToken).ConfigureAwait(false));
        }

        _ = Digest.TryParseShort(entry.Id, out var key);
        var freshUntil = EntryStateCodec.FreshUntil(entry.Metadata.Span);
        var metadata = EntryStateCodec.Encode(changed, key, entry.CreatedAt, freshUntil ?? entry.ExpiresAt, isKept: freshUntil is not null);
        return StatusOf(await store.SetMetadataAsync(entry.Partition, entry.Id, metadata, cancellationToken).ConfigureAwait(false));
    }

    private static EntryStatus StatusOf(bool wasThere) => wasThere ? EntryStatus.Done : EntryStatus.Unknown;

    private readonly record struct Report(string EntryId, string Question, bool IsCorrect, CacheScope? Scope);
}
