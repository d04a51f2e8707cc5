using RagCaching.Testing.Conformance.Checks;
using static RagCaching.Testing.Conformance.Journals.JournalTrial;

namespace RagCaching.Testing.Conformance.Journals;

/// <summary>Entries are read by every journal of the place as they were written.</summary>
internal static class EntryChecks
{
    public static ConformanceCheck<VectorJournalSubject>[] All =>
    [
        Check("Append_AnEntry_IsReadByOthersAsItWasWritten", "An appended entry is among the changes, in the snapshot and under its id, for every journal of the place, with all that was written.", async trial =>
        {
            var other = await trial.OpenAsync().ConfigureAwait(false);
            var before = await trial.PositionAsync(other).ConfigureAwait(false);
            var entry = trial.Entry("a", labels: ["x", "y"], createdAt: trial.Start.AddTicks(-1234567));

            var receipt = await trial.UpsertAsync(entry).ConfigureAwait(false);

            var record = Expect.Single(await trial.ChangesAsync(other, before).ConfigureAwait(false));
            Expect.Equal((receipt.Version, false, JournalChangeKind.Upsert), (record.Version, record.IsOwn, record.Change.Kind));
            ExpectSame(entry, record.Change.Entry);
            Expect.Equal("model-digest", record.Change.Entry?.EmbeddingModel);
            ExpectSame(entry, Expect.Single(await trial.SnapshotAsync(other).ConfigureAwait(false)));
            ExpectSame(entry, await trial.ReadAsync("p", "a", other, withVector: true).ConfigureAwait(false));
            Expect.Null(await trial.ReadAsync("p", "b", other, withVector: true).ConfigureAwait(false));
            Expect.Null(await trial.ReadAsync("q", "a", other, withVector: true).ConfigureAwait(false));
        }),
        Check("Append_EntriesOfEveryShape_AreReadAsTheyWereWritten", "Entries without content, of a megabyte, with many labels, and with signs that engines take for their own, are read as they were written.", async trial =>
        {
            VectorEntry[] entries =
            [
                new() { Partition = "p", Id = "nothing but times", CreatedAt = trial.Start, ExpiresAt = trial.Start.AddDays(400) },
                trial.Entry("large", payload: [.. Enumerable.Range(0, 1 << 20).Select(i => (byte)(i * 31))]),
                trial.Entry("many labels", labels: [.. Enumerable.Range(0, 40).Select(i => $"label {i}")]),
                trial.Entry("it's \"quoted\"; drop table x; -- {tag} \\ %s ? \u2028 \u00e9 \ud83d\ude00", partition: "p':\"{}*[a-z]"),
            ];
            await trial.AppendAsync([.. entries.Select(entry => JournalChange.Upsert(entry, long.MaxValue))]).ConfigureAwait(false);

            foreach (var entry in entries)
            {
                ExpectSame(entry, await trial.ReadAsync(entry.Partition, entry.Id, withVector: true).ConfigureAwait(false));
            }

            var snapshot = await trial.SnapshotAsync(await trial.OpenAsync().ConfigureAwait(false), pageSize: 2).ConfigureAwait(false);
            Expect.Sequence(entries.Select(entry => entry.Id).Order(StringComparer.Ordinal), snapshot.Select(entry => entry.Id).Order(StringComparer.Ordinal));
        }),
        Check("Append_TheSameEntryAgain_ReplacesIt", "A later write under the same partition and id replaces the entry, its labels too.", async trial =>
        {
            var before = await trial.PositionAsync().ConfigureAwait(false);
            await trial.UpsertAsync(trial.Entry("a", payload: [1])).ConfigureAwait(false);
            await trial.UpsertAsync(trial.Entry("a", payload: [2], labels: ["new"])).ConfigureAwait(false);
            var other = await trial.OpenAsync().ConfigureAwait(false);

            var inSnapshot = Expect.Single(await trial.SnapshotAsync(other).ConfigureAwait(false));
            Expect.Bytes([2], inSnapshot.Payload);
            var amongChanges = (await trial.ChangesAsync(other, before).ConfigureAwait(false))[^1].Change.Entry;
            Expect.NotNull(amongChanges);
            Expect.Bytes([2], amongChanges.Payload);
            Expect.Equal(1, (await trial.AppendAsync(JournalChange.RemoveWhere(new VectorFilter { Labels = ["new"] })).ConfigureAwait(false))[0].Affected);
        }),
        Check("ReadSnapshot_InParts_ReturnsAllNewestFirst", "A snapshot read in parts has every entry once, the newest first; without payloads if they are not asked for.", async trial =>
        {
            for (var i = 0; i < 7; i++)
            {
                await trial.UpsertAsync(trial.Entry($"{i}")).ConfigureAwait(false);
            }

            await trial.UpsertAsync(trial.Entry("3", payload: [9])).ConfigureAwait(false);

            Expect.Sequence(["3", "6", "5", "4", "2", "1", "0"], (await trial.SnapshotAsync(trial.Journal, pageSize: 3).ConfigureAwait(false)).Select(entry => entry.Id));
            foreach (var entry in await trial.SnapshotAsync(trial.Journal, withPayloads: false).ConfigureAwait(false))
            {
                Expect.True(entry.Payload.IsEmpty && !entry.Vector.IsEmpty && !entry.Metadata.IsEmpty);
            }
        }),
        Check("Read_ExpiredEntries_AreNotThere", "An expired entry is not read, is not in the snapshot, and is not counted by removals.", async trial =>
        {
            await trial.UpsertAsync(trial.Entry("short", timeToLive: TimeSpan.FromMinutes(1))).ConfigureAwait(false);
            await trial.UpsertAsync(trial.Entry("long")).ConfigureAwait(false);
            trial.Subject.Advance(TimeSpan.FromMinutes(1));

            Expect.Null(await trial.ReadAsync("p", "short").ConfigureAwait(false));
            Expect.Sequence(["long"], (await trial.SnapshotAsync(trial.Journal).ConfigureAwait(false)).Select(entry => entry.Id));
            Expect.Equal(1, (await trial.AppendAsync(JournalChange.RemoveWhere(new VectorFilter())).ConfigureAwait(false))[0].Affected);
        }),
    ];

    private static void ExpectSame(VectorEntry expected, VectorEntry? actual)
    {
        Expect.NotNull(actual);
        Expect.Equal((expected.Partition, expected.Id, expected.Owner, expected.CreatedAt, expected.ExpiresAt), (actual.Partition, actual.Id, actual.Owner, actual.CreatedAt, actual.ExpiresAt));
        Expect.Sequence(expected.Vector.ToArray(), actual.Vector.ToArray());
        Expect.Bytes(expected.Metadata.Span, actual.Metadata);
        Expect.Bytes(expected.Payload.Span, actual.Payload);
        Expect.Sequence(expected.Labels.Order(StringComparer.Ordinal), actual.Labels.Order(StringComparer.Ordinal));
    }
}
