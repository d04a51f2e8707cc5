using System.Globalization;
using RagCaching.Testing.Conformance.Checks;
using static RagCaching.Testing.Conformance.Journals.JournalTrial;

namespace RagCaching.Testing.Conformance.Journals;

/// <summary>All journals of a place see one order of changes.</summary>
internal static class OrderChecks
{
    public static ConformanceCheck<VectorJournalSubject>[] All =>
    [
        Check("Append_FromSeveralJournals_GivesOneOrder", "Versions grow with every change, whichever journal appends it, and changes are read in their order, with those of one's own marked.", async trial =>
        {
            var other = await trial.OpenAsync().ConfigureAwait(false);
            var before = await trial.PositionAsync().ConfigureAwait(false);
            var versions = new List<long>();
            for (var i = 0; i < 10; i++)
            {
                var journal = i % 2 == 0 ? trial.Journal : other;
                var receipts = await journal.AppendAsync([JournalChange.Upsert(trial.Entry($"{i}a"), long.MaxValue), JournalChange.Upsert(trial.Entry($"{i}b"), long.MaxValue)], trial.Token).ConfigureAwait(false);
                versions.AddRange(receipts.Select(receipt => receipt.Version));
            }

            Expect.Sequence(versions.Order().Distinct(), versions);
            var records = await trial.ChangesAsync(trial.Journal, before, atOnce: 3).ConfigureAwait(false);
            Expect.Sequence(versions, records.Select(record => record.Version));
            Expect.Sequence(records.Select(record => record.Change.Id[0] % 2 == 0), records.Select(record => record.IsOwn));
        }),
        Check("Append_SeveralChangesOfOneEntry_CountInTheirOrder", "The changes of a batch count one after the other.", async trial =>
        {
            var receipts = await trial.AppendAsync(
                JournalChange.Upsert(trial.Entry("a", labels: ["x"], payload: [1]), long.MaxValue),
                JournalChange.RemoveWhere(new VectorFilter { Labels = ["x"] }),
                JournalChange.Upsert(trial.Entry("a", labels: ["x"], payload: [2]), long.MaxValue),
                JournalChange.SetMetadata("p", "a", trial.Start, new byte[] { 7 })).ConfigureAwait(false);

            Expect.Sequence([1L, 1, 1, 1], receipts.Select(receipt => receipt.Affected));
            var entry = Expect.Single(await trial.SnapshotAsync(await trial.OpenAsync().ConfigureAwait(false)).ConfigureAwait(false));
            Expect.Bytes([2], entry.Payload);
            Expect.Bytes([7], entry.Metadata);
        }),
        Check("Append_Metadata_ReplacesThatOfTheSameEntryOnly", "New metadata reaches the entry that was created at its time, and no other; labels and payload stay.", async trial =>
        {
            var other = await trial.OpenAsync().ConfigureAwait(false);
            await trial.UpsertAsync(trial.Entry("a", labels: ["x", "y", "z"])).ConfigureAwait(false);
            var before = await trial.PositionAsync().ConfigureAwait(false);

            var receipts = await trial.AppendAsync(
                JournalChange.SetMetadata("p", "a", trial.Start, new byte[] { 7 }),
                JournalChange.SetMetadata("p", "a", trial.Start.AddTicks(1), new byte[] { 8 }),
                JournalChange.SetMetadata("p", "b", trial.Start, new byte[] { 9 })).ConfigureAwait(false);

            Expect.Sequence([1L, 0, 0], receipts.Select(receipt => receipt.Affected));
            var entry = await trial.ReadAsync("p", "a", other).ConfigureAwait(false);
            Expect.NotNull(entry);
            Expect.Bytes([7], entry.Metadata);
            Expect.Bytes("payload of a"u8, entry.Payload);
            var change = (await trial.ChangesAsync(other, before).ConfigureAwait(false))[^1].Change;
            Expect.Bytes([7], change.Entry?.Metadata ?? change.Content);
            Expect.Equal(1, (await trial.AppendAsync(JournalChange.RemoveWhere(new VectorFilter { Labels = ["x", "y"] })).ConfigureAwait(false))[0].Affected);
        }),
        Check("Append_FromManyThreads_LosesNothingAndIsReadInOrder", "Journals that append at once lose nothing, and a reader meanwhile sees every change, in the order of the versions.", async trial =>
        {
            var journals = new List<IVectorJournal> { trial.Journal };
            for (var i = 0; i < 3; i++)
            {
                journals.Add(await trial.OpenAsync().ConfigureAwait(false));
            }

            var position = await trial.PositionAsync().ConfigureAwait(false);
            var reader = await trial.OpenAsync().ConfigureAwait(false);
            var writing = Task.WhenAll(journals.Select((journal, index) => Task.Run(() => WriteAsync(trial, journal, index.ToString(CultureInfo.InvariantCulture)), trial.Token)));
            var seen = new List<JournalRecord>();
            await Ending.RunAsync(() => ReadUntilAsync(trial, reader, position, writing, seen), () => new ValueTask(writing)).ConfigureAwait(false);

            Expect.Sequence(seen.Select(record => record.Version).Order().Distinct(), seen.Select(record => record.Version));
            Expect.Equal(104, seen.Select(record => record.Change.Id).Distinct().Count());
            Expect.Equal(104, (await trial.SnapshotAsync(reader).ConfigureAwait(false)).Count);
        }),
    ];

    private static async Task WriteAsync(JournalTrial trial, IVectorJournal journal, string name)
    {
        for (var i = 0; i < 25; i++)
        {
            await journal.AppendAsync([JournalChange.Upsert(trial.Entry($"{name}/{i}"), long.MaxValue), JournalChange.Upsert(trial.Entry($"{name}/shared"), long.MaxValue)], trial.Token).ConfigureAwait(false);
        }
    }

    private static async Task ReadUntilAsync(JournalTrial trial, IVectorJournal reader, JournalPosition position, Task writing, List<JournalRecord> seen)
    {
        while (true)
        {
            var isLast = writing.IsCompleted;
            var changes = await reader.ReadChangesAsync(position, 7, withPayloads: false, trial.Token).ConfigureAwait(false);
            seen.AddRange(changes.Records);
            position = changes.Position;
            if (isLast && !changes.HasMore)
            {
                return;
            }
        }
    }
}
