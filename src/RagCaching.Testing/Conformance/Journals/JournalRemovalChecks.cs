using RagCaching.Testing.Conformance.Checks;
using static RagCaching.Testing.Conformance.Journals.JournalTrial;

namespace RagCaching.Testing.Conformance.Journals;

/// <summary>Removals take what they cover, and beat writes that do not know them.</summary>
internal static class JournalRemovalChecks
{
    private const string Everything = "everything";

    // Made for the time at which a check starts.
    private static readonly (string Name, Func<DateTimeOffset, JournalChange> Of)[] Removals =
    [
        ("id", _ => JournalChange.Remove("p", "a")),
        ("label", _ => JournalChange.RemoveWhere(new VectorFilter { Labels = ["x"] })),
        ("two labels", _ => JournalChange.RemoveWhere(new VectorFilter { Labels = ["x", "y"] })),
        ("partition", _ => JournalChange.RemoveWhere(new VectorFilter { Partition = "p" })),
        ("time", start => JournalChange.RemoveWhere(new VectorFilter { CreatedBefore = start.AddTicks(1) })),
        (Everything, _ => JournalChange.RemoveWhere(new VectorFilter())),
    ];

    public static ConformanceCheck<VectorJournalSubject>[] All =>
    [
        .. Removals.Select(removal => Check($"Append_ARemoval_TakesWhatItCovers({removal.Name})", "A removal takes the entries that it covers, and counts them; readers are told of it; nothing else is touched.", async trial =>
        {
            var takesBoth = removal.Name == Everything;
            var other = await trial.OpenAsync().ConfigureAwait(false);
            await trial.AppendAsync(JournalChange.Upsert(Covered(trial), long.MaxValue), JournalChange.Upsert(NotCovered(trial), long.MaxValue)).ConfigureAwait(false);
            var before = await trial.PositionAsync().ConfigureAwait(false);

            var receipt = (await trial.AppendAsync(removal.Of(trial.Start)).ConfigureAwait(false))[0];

            Expect.Equal(takesBoth ? 2 : 1, receipt.Affected);
            Expect.Sequence(takesBoth ? [] : ["b"], (await trial.SnapshotAsync(other).ConfigureAwait(false)).Select(entry => entry.Id));
            Expect.Null(await trial.ReadAsync("p", "a", other).ConfigureAwait(false));
            var record = Expect.Single(await trial.ChangesAsync(other, before).ConfigureAwait(false));
            Expect.Equal(receipt.Version, record.Version);
            Expect.True(record.Change.Covers(Covered(trial)));
            Expect.Equal(takesBoth, record.Change.Covers(NotCovered(trial)));
            Expect.Equal(0, (await trial.AppendAsync(removal.Of(trial.Start)).ConfigureAwait(false))[0].Affected);
        })),
        .. Removals.Select(removal => Check($"Append_AWriteThatDoesNotKnowARemoval_IsRefused({removal.Name})", "A write is refused if a removal that covers it is later than what the write is based on; others are taken.", async trial =>
        {
            var takesBoth = removal.Name == Everything;
            var before = await trial.PositionAsync().ConfigureAwait(false);
            var version = (await trial.AppendAsync(removal.Of(trial.Start)).ConfigureAwait(false))[0].Version;

            var old = await trial.UpsertAsync(Covered(trial), before.Version).ConfigureAwait(false);
            var oldButNotCovered = await trial.UpsertAsync(NotCovered(trial), before.Version).ConfigureAwait(false);
            var snapshot = await trial.SnapshotAsync(trial.Journal).ConfigureAwait(false);
            var current = await trial.UpsertAsync(Covered(trial, payload: [2]), version).ConfigureAwait(false);

            Expect.True(old.IsRefused);
            Expect.True(old.Version >= version);
            Expect.Equal(takesBoth, oldButNotCovered.IsRefused);
            Expect.Sequence(takesBoth ? [] : ["b"], snapshot.Select(entry => entry.Id));
            Expect.False(current.IsRefused);
            var entry = await trial.ReadAsync("p", "a").ConfigureAwait(false);
            Expect.NotNull(entry);
            Expect.Bytes([2], entry.Payload);
        })),
        Check("Append_ARefusedWrite_LeavesWhatIsThere", "A refused write changes nothing.", async trial =>
        {
            var before = await trial.PositionAsync().ConfigureAwait(false);
            var version = (await trial.AppendAsync(JournalChange.RemoveWhere(new VectorFilter { Labels = ["x"] })).ConfigureAwait(false))[0].Version;
            await trial.UpsertAsync(Covered(trial, payload: [1]), version).ConfigureAwait(false);

            Expect.True((await trial.UpsertAsync(Covered(trial, payload: [2]), before.Version).ConfigureAwait(false)).IsRefused);

            var entry = await trial.ReadAsync("p", "a").ConfigureAwait(false);
            Expect.NotNull(entry);
            Expect.Bytes([1], entry.Payload);
        }),
    ];

    private static VectorEntry Covered(JournalTrial trial, byte[]? payload = null) => trial.Entry("a", labels: ["x", "y", "z"], payload: payload);

    // What no removal but that of everything covers.
    private static VectorEntry NotCovered(JournalTrial trial) => trial.Entry("b", partition: "q", labels: ["y"], createdAt: trial.Start.AddTicks(1));
}
