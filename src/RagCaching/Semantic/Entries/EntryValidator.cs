using RagCaching.Diagnostics;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Entries;

/// <summary>Reads what a store returns and believes none of it: form, key, scope and time are checked again.</summary>
internal sealed class EntryValidator(IVectorStore store, bool isOwnStore, LifetimeRules lifetimes, RemovalLog removals, FaultReporting reporting)
{
    // Clocks of machines that share a store differ a little; an entry from further in the future was made by a broken one.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    // What another store hands out is new each time.
    private readonly DecodedAnswers? _decoded = isOwnStore ? new DecodedAnswers() : null;
    private readonly FaultBarrier _drops = new(TelemetryNames.Operations.Remove, reporting);

    /// <summary>Gets a value indicating whether stale answers may be served at all.</summary>
    public bool ServesStale => lifetimes.StaleIfError is not null;

    /// <summary>Reads the state of an entry.</summary>
    /// <returns><see langword="null"/> when the entry may not be used by this scope, or not any more.</returns>
    public async ValueTask<EntryState?> ReadStateAsync(VectorEntry entry, string scopeLabel, CancellationToken cancellationToken, EntryUse use = EntryUse.Fresh)
    {
        if (!entry.Labels.Contains(scopeLabel) || !IsCurrent(entry))
        {
            return null;
        }

        if (removals.IsRevoked(entry))
        {
            if (await DropAsync(entry.Partition, entry.Id, cancellationToken).ConfigureAwait(false))
            {
                removals.Unrevoke(entry);
            }

            return null;
        }

        if (Digest.TryParseShort(entry.Id, out var key) && EntryStateCodec.TryDecode(entry.Metadata.Span, key) is { } state)
        {
            return MayBeUsed(entry, use) ? state : null;
        }

        reporting.Counter.Failed(TelemetryNames.Operations.Parse, "invalid_entry");
        await DropAsync(entry.Partition, entry.Id, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Tells whether an entry is valid and belongs to another scope.</summary>
    public bool IsOfAnotherScope(VectorEntry entry, string scopeLabel, string nonce) =>
        !entry.Labels.Contains(scopeLabel) && IsCurrent(entry) && Digest.TryParseShort(entry.Id, out var key) && EntryStateCodec.TryDecode(entry.Metadata.Span, key)?.Nonce == nonce;

    /// <summary>Reads the answer of an entry whose state was read.</summary>
    public async ValueTask<StoredAnswer?> ReadAnswerAsync(VectorEntry entry, EntryState state, CancellationToken cancellationToken)
    {
        if (_decoded?.Find(entry.Payload, state.Nonce) is { } known)
        {
            return known;
        }

        if (Digest.TryParseShort(entry.Id, out var key) && AnswerCodec.TryDecode(entry.Payload.Span, state.Nonce, key) is { } answer)
        {
            _decoded?.Keep(entry.Payload, state.Nonce, answer);
            return answer;
        }

        reporting.Counter.Failed(TelemetryNames.Operations.Parse, "invalid_entry");
        await DropAsync(entry.Partition, entry.Id, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Tells whether the answer of an entry whose state was read is not fresh any more.</summary>
    public bool IsStale(VectorEntry entry) => EntryStateCodec.FreshUntil(entry.Metadata.Span) is { } freshUntil && freshUntil <= reporting.Time.GetUtcNow();

    /// <summary>Tells whether the answer of an entry whose state was read is to be made anew.</summary>
    public bool IsDue(VectorEntry entry) =>
        lifetimes.EagerRefresh is { } share
        && entry.CreatedAt + (((EntryStateCodec.FreshUntil(entry.Metadata.Span) ?? entry.ExpiresAt) - entry.CreatedAt) * share) <= reporting.Time.GetUtcNow();

    /// <summary>Gets how old an entry is; never negative.</summary>
    public TimeSpan AgeOf(VectorEntry entry)
    {
        var age = reporting.Time.GetUtcNow() - entry.CreatedAt;
        return age < TimeSpan.Zero ? TimeSpan.Zero : age;
    }

    /// <summary>Removes an entry that must never be served again, as well as possible: if it stays, it is refused again.</summary>
    /// <returns>Whether it is out of the store.</returns>
    public async ValueTask<bool> DropAsync(string partition, string id, CancellationToken cancellationToken) => await _drops.RunAsync(
        static async (entry, token) =>
        {
            await entry.Store.RemoveAsync(entry.Partition, entry.Id, token).ConfigureAwait(false);
            return true;
        },
        (Store: store, Partition: partition, Id: id),
        fallback: false,
        cancellationToken).ConfigureAwait(false);

    private bool MayBeUsed(VectorEntry entry, EntryUse use) =>
        use == EntryUse.Manage
        || EntryStateCodec.FreshUntil(entry.Metadata.Span) is not { } freshUntil
        || reporting.Time.GetUtcNow() < (use == EntryUse.Fallback ? freshUntil + (lifetimes.StaleIfError ?? TimeSpan.Zero) : freshUntil);

    private bool IsCurrent(VectorEntry entry)
    {
        // A store in this process measures elapsed time, which no change of the clock can disturb.
        if (isOwnStore)
        {
            return true;
        }

        var now = reporting.Time.GetUtcNow();
        return entry.ExpiresAt > now && entry.CreatedAt <= now + ClockTolerance;
    }
}
