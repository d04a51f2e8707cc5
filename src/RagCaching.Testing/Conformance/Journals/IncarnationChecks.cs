using RagCaching.Testing.Conformance.Checks;
using static RagCaching.Testing.Conformance.Journals.JournalTrial;

namespace RagCaching.Testing.Conformance.Journals;

/// <summary>What is known of lost content is known to be of it.</summary>
internal static class IncarnationChecks
{
    public static ConformanceCheck<VectorJournalSubject>[] All =>
    [
        Check("ReadChanges_OfAnotherIncarnation_IsAGap", "A reader with a position of another incarnation is told of a gap, and of the position to go on from.", async trial =>
        {
            await trial.UpsertAsync(trial.Entry("a")).ConfigureAwait(false);
            var position = await trial.PositionAsync().ConfigureAwait(false);

            var changes = await trial.Journal.ReadChangesAsync(position with { Incarnation = "another" }, 10, withPayloads: true, trial.Token).ConfigureAwait(false);

            Expect.True(changes.IsGap);
            Expect.Equal(position, changes.Position);
            Expect.Empty(changes.Records);
        }),
        Check("Append_OfAnUpsertBasedOnAnotherIncarnation_IsRefused", "A write that is based on another incarnation is refused; one that knew none is taken.", async trial =>
        {
            var position = await trial.PositionAsync().ConfigureAwait(false);

            var receipts = await trial.AppendAsync(
                JournalChange.Upsert(trial.Entry("lost"), position with { Incarnation = "another" }),
                JournalChange.Upsert(trial.Entry("known"), position),
                JournalChange.Upsert(trial.Entry("first"), default(JournalPosition))).ConfigureAwait(false);

            Expect.Sequence([true, false, false], receipts.Select(receipt => receipt.IsRefused));
            Expect.Null(await trial.ReadAsync("p", "lost").ConfigureAwait(false));
            Expect.NotNull(await trial.ReadAsync("p", "known").ConfigureAwait(false));
        }),
    ];
}
