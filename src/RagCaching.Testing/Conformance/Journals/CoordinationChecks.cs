using RagCaching.Testing.Conformance.Checks;
using static RagCaching.Testing.Conformance.Journals.JournalTrial;

namespace RagCaching.Testing.Conformance.Journals;

/// <summary>Instances tell each other what they learnt and wait for each other's changes.</summary>
internal static class CoordinationChecks
{
    // Far more than it ever takes, also where other threads are held up: some ten seconds of nothing else.
    private const int MostLooks = 50_000_000;

    public static ConformanceCheck<VectorJournalSubject>[] All =>
    [
        Check("Append_Learnt_ReachesOthersOnce", "What was learnt reaches every other journal once, in its place in the order, and touches no entry.", async trial =>
        {
            var other = await trial.OpenAsync().ConfigureAwait(false);
            var before = await trial.PositionAsync(other).ConfigureAwait(false);
            await trial.AppendAsync(JournalChange.Learn("topic", new byte[] { 1, 2, 3 })).ConfigureAwait(false);

            var record = Expect.Single(await trial.ChangesAsync(other, before).ConfigureAwait(false));
            Expect.Equal((JournalChangeKind.Learn, "topic", false), (record.Change.Kind, record.Change.Partition, record.IsOwn));
            Expect.Bytes([1, 2, 3], record.Change.Content);
            Expect.True(Expect.Single(await trial.ChangesAsync(trial.Journal, before).ConfigureAwait(false)).IsOwn);
            Expect.Empty(await trial.ChangesAsync(other, await trial.PositionAsync().ConfigureAwait(false)).ConfigureAwait(false));
            Expect.Empty(await trial.SnapshotAsync(other).ConfigureAwait(false));
        }),
        WaitForChanges(MostLooks),
    ];

    /// <summary>Makes the check of waits.</summary>
    /// <param name="mostLooks">How often it looks whether a wait has ended.</param>
    public static ConformanceCheck<VectorJournalSubject> WaitForChanges(int mostLooks) => Check(
        "WaitForChanges_AnotherAppends_Ends", "A wait for changes ends when another journal has appended, long before its time is over, and the change can be read.", async trial =>
        {
            var other = await trial.OpenAsync().ConfigureAwait(false);
            var position = await trial.PositionAsync(other).ConfigureAwait(false);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(trial.Token);
            var waiting = other.WaitForChangesAsync(position, TimeSpan.FromMinutes(1), ending.Token).AsTask();
            await Ending.RunAsync(
                async () =>
                {
                    await trial.UpsertAsync(trial.Entry("a")).ConfigureAwait(false);

                    // Half of the minute may pass: what ends by then ends because of the append.
                    await trial.EventuallyAsync(() => new(waiting.IsCompleted), mostLooks, $"The wait went on after the append, for {mostLooks} looks.").ConfigureAwait(false);
                    await waiting.ConfigureAwait(false);
                    Expect.True((await trial.ChangesAsync(other, position).ConfigureAwait(false)).Count > 0);
                },
                async () =>
                {
                    await ending.CancelAsync().ConfigureAwait(false);
                    await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }).ConfigureAwait(false);
        });
}
