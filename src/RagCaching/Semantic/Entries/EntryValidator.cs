using RagCaching.Diagnostics;
using RagCaching.Internal.Digests;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Entries;

/// <summary>Reads what a store returns and believes none of it: form, key, scope and time are checked again.</summary>
internal sealed class EntryValidator(IVectorStore store, bool checksTimes, TimeProvider time, CacheTelemetry telemetry)
{
    // Clocks of machines that share a store differ a little; an entry from further in the future was made by a broken one.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Reads the state of an entry.</summary>
    /// <returns><see langword="null"/> when the entry may not be used by this scope, or not any more.</returns>
    public async ValueTask<EntryState?> ReadStateAsync(VectorEntry entry, string scopeLabel, CancellationToken cancellationToken)
    {
        if (!entry.Labels.Contains(scopeLabel) || !IsCurrent(entry))
        {
            return null;
        }

        if (Digest.TryParseShort(entry.Id, out var key) && EntryStateCodec.TryDecode(entry.Metadata.Span, key) is { } state)
        {
            return state;
        }

        telemetry.Failed(TelemetryNames.Operations.Parse, "invalid_entry");
        await DropAsync(entry, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Reads the answer of an entry whose state was read.</summary>
    public async ValueTask<StoredAnswer?> ReadAnswerAsync(VectorEntry entry, EntryState state, CancellationToken cancellationToken)
    {
        if (Digest.TryParseShort(entry.Id, out var key) && AnswerCodec.TryDecode(entry.Payload.Span, state.Nonce, key) is { } answer)
        {
            return answer;
        }

        telemetry.Failed(TelemetryNames.Operations.Parse, "invalid_entry");
        await DropAsync(entry, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Gets how old an entry is; never negative.</summary>
    public TimeSpan AgeOf(VectorEntry entry)
    {
        var age = time.GetUtcNow() - entry.CreatedAt;
        return age < TimeSpan.Zero ? TimeSpan.Zero : age;
    }

    /// <summary>Removes an entry that must never be served again, as well as possible.</summary>
    public async ValueTask DropAsync(VectorEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await store.RemoveAsync(entry.Partition, entry.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // It stays, and is refused again.
            telemetry.Failed(TelemetryNames.Operations.Remove, exception.GetType().Name);
        }
    }

    private bool IsCurrent(VectorEntry entry)
    {
        // A store in this process measures elapsed time, which no change of the clock can disturb.
        if (!checksTimes)
        {
            return true;
        }

        var now = time.GetUtcNow();
        return entry.ExpiresAt > now && entry.CreatedAt <= now + ClockTolerance;
    }
}
