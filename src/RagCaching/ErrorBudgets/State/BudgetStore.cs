using RagCaching.Diagnostics;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Faults;
using RagCaching.Internal.Limits;
using RagCaching.Semantic.Entries;

namespace RagCaching.ErrorBudgets.State;

/// <summary>Keeps what budgets have learnt beside the answers that it is about, in a separate partition.</summary>
internal sealed class BudgetStore(IVectorStore store, KeySpace keys, FaultReporting reporting)
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromDays(90);
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Reads what a scope has learnt.</summary>
    /// <returns><see langword="null"/> when there is nothing, or nothing that can be read, which is counted: the scope then starts anew, without serving.</returns>
    public async ValueTask<BudgetState?> LoadAsync(string scopeLabel, CancellationToken cancellationToken)
    {
        var key = KeyOf(scopeLabel);
        var entry = await store.GetAsync(keys.BudgetPartition, key.ToShortText(), cancellationToken).ConfigureAwait(false);
        if (entry is null || !entry.Labels.Contains(scopeLabel))
        {
            return null;
        }

        var state = BudgetStateCodec.TryDecode(entry.Payload.Span, key);
        if (state is null)
        {
            reporting.Counter.Failed(TelemetryNames.Operations.Parse, TelemetryNames.Errors.InvalidEntry);
        }

        return state;
    }

    public async ValueTask SaveAsync(string scopeLabel, BudgetState state, CancellationToken cancellationToken)
    {
        var now = reporting.Time.GetUtcNow();
        var key = KeyOf(scopeLabel);
        var entry = new VectorEntry
        {
            Partition = keys.BudgetPartition,
            Id = key.ToShortText(),
            Payload = BudgetStateCodec.Encode(state, key, now, now + TimeToLive),
            Labels = [scopeLabel],
            CreatedAt = now,
            ExpiresAt = now + TimeToLive,
        };
        await TimeLimit.RunAsync(UpsertAsync, entry, WriteTimeout, reporting.Time, cancellationToken).ConfigureAwait(false);
    }

    private Digest KeyOf(string scopeLabel) => keys.Question(keys.BudgetPartition, scopeLabel);

    private async ValueTask<bool> UpsertAsync(VectorEntry entry, CancellationToken cancellationToken)
    {
        await store.UpsertAsync(entry, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
