using RagCaching.Testing.Conformance.Checks;
using static RagCaching.Testing.Conformance.Journals.JournalTrial;

namespace RagCaching.Testing.Conformance.Journals;

/// <summary>A journal is opened by hosts that agree on keys and vectors.</summary>
internal static class OpeningChecks
{
    private static readonly (string KeyCheck, string Model, int Dimensions, string Named)[] OtherHosts =
        [("other-key", "model", 4, "KeySecret"), ("key-check", "other-model", 4, "model"), ("key-check", "model", 8, "8")];

    public static ConformanceCheck<VectorJournalSubject>[] All =>
    [
        Check("Open_Twice_GivesTheSamePosition", "OpenAsync gives the position of the latest change, the same to every journal of the place.", async trial =>
        {
            var first = await trial.PositionAsync().ConfigureAwait(false);
            var second = await trial.PositionAsync(await trial.OpenAsync().ConfigureAwait(false)).ConfigureAwait(false);

            Expect.Equal(first, second);
            Expect.True(first.Incarnation.Length > 0);
            await trial.UpsertAsync(trial.Entry("a")).ConfigureAwait(false);
            Expect.True((await trial.PositionAsync().ConfigureAwait(false)).Version > first.Version);
        }),
        .. OtherHosts.Select(host => Check($"Open_ByAnotherHost_IsRefused({host.Named})", "A host with another key, model or number of dimensions is refused with a JournalMismatchException that names it, and nothing changes.", async trial =>
        {
            await trial.UpsertAsync(trial.Entry("a")).ConfigureAwait(false);
            var journal = trial.Create();
            var identity = new JournalIdentity { KeyCheck = host.KeyCheck, EmbeddingModel = host.Model, Dimensions = host.Dimensions };

            var exception = await Expect.ThrowsAsync<JournalMismatchException>(async () => await journal.OpenAsync(identity, trial.Token).ConfigureAwait(false)).ConfigureAwait(false);

            Expect.Contains(host.Named, exception.Message);
            Expect.Sequence(["a"], (await trial.SnapshotAsync(trial.Journal).ConfigureAwait(false)).Select(entry => entry.Id));
        })),
        Check("Open_ByAHostWithoutAModelName_IsAccepted", "A host whose embedding generator does not tell its model is accepted.", async trial =>
        {
            var journal = trial.Create();

            await journal.OpenAsync(new JournalIdentity { KeyCheck = Identity.KeyCheck }, trial.Token).ConfigureAwait(false);

            Expect.Empty(await trial.SnapshotAsync(journal).ConfigureAwait(false));
        }),
    ];
}
