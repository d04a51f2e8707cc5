using RagCaching.Contract.Transfers;
using RagCaching.Internal.Digests;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Storing;

/// <summary>Makes a stored answer a curated one, where it is: under the same key, which may hold more than the question, with the same vector and labels.</summary>
internal sealed class EntryCuration(EntryLocator entries, EntryValidator validator, KeySpace keys, RemovalLog removals, SweptWrites writes, EntryChanges changes)
{
    public ValueTask<Curation> CurateAsync(string entryId, string? text, CacheScope? scope, CancellationToken cancellationToken) =>
        changes.RunAsync(entryId, CurateAsync, (EntryId: entryId, Text: text, ScopeLabel: entries.ScopeLabelOf(scope)), cancellationToken);

    private async ValueTask<Curation> CurateAsync((string EntryId, string? Text, string ScopeLabel) asked, CancellationToken cancellationToken)
    {
        var (entryId, text, scopeLabel) = asked;
        var before = removals.Now;
        var found = await entries.FindAsync(entryId, scopeLabel, cancellationToken).ConfigureAwait(false);
        if (found is not { Entry: { } entry, State: { } state })
        {
            return new Curation(found.Status);
        }

        if (await validator.ReadAnswerAsync(entry, state, cancellationToken).ConfigureAwait(false) is not { } stored)
        {
            return new Curation(EntryStatus.Unknown);
        }

        var kept = text is null ? state : Edited(entry, state);
        var json = AnswerCodec.ToJson(text is null ? stored : Answer(text, stored));
        if (json.Length > changes.MaxAnswerBytes)
        {
            return new Curation(EntryStatus.Unknown, Fault: $"The answer has {json.Length} bytes as it would be stored; this cache stores at most {changes.MaxAnswerBytes}.");
        }

        var curated = CuratedFrom(entry, kept, json, text is null ? entry.Labels : LabelsWithoutModel(entry, stored));
        return await writes.UpsertAsync(curated, new WriteTicket(before, curated.CreatedAt.UtcDateTime), cancellationToken).ConfigureAwait(false)
            ? new Curation(EntryStatus.Done, new EntryId(entry.Partition, entry.Id, kept.Nonce).ToString())
            : new Curation(EntryStatus.Unknown);
    }

    // What was reported was about another text, and an old id never means a newer answer.
    private static EntryState Edited(VectorEntry entry, EntryState state) => new() { Nonce = EntryId.New(entry.Partition, entry.Id).Nonce, Question = state.Question };

    // What it is based on stays: it is compared with the current versions as before.
    private StoredAnswer Answer(string text, StoredAnswer stored) => new()
    {
        Version = StoredAnswer.CurrentVersion,
        Sources = stored.Sources,
        CreatedAt = changes.Time.GetUtcNow(),
        Messages = [new StoredAnswer.Message { Parts = [new StoredAnswer.Part { Text = text, Pieces = [text.Length] }] }],
    };

    private string[] LabelsWithoutModel(VectorEntry entry, StoredAnswer stored)
    {
        var model = stored.ModelId is { } modelId ? keys.ModelLabel(modelId) : null;
        return [.. entry.Labels.Where(label => label != model)];
    }

    private VectorEntry CuratedFrom(VectorEntry entry, EntryState state, byte[] json, IReadOnlyList<string> labels)
    {
        _ = Digest.TryParseShort(entry.Id, out var key);
        var createdAt = changes.Time.GetUtcNow();
        return new VectorEntry
        {
            Partition = entry.Partition,
            Id = entry.Id,
            Vector = entry.Vector,
            EmbeddingModel = keys.EmbeddingModel,
            Metadata = EntryStateCodec.Encode(state, key, createdAt, VectorEntry.NeverExpires),
            Payload = AnswerCodec.Encode(json, state.Nonce, key, createdAt, VectorEntry.NeverExpires),
            Labels = labels,
            Owner = entry.Owner,
            CreatedAt = createdAt,
            ExpiresAt = VectorEntry.NeverExpires,
        };
    }
}
