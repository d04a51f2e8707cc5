using RagCaching.Testing.Conformance.Checks;
using static RagCaching.Testing.Conformance.Journals.JournalTrial;

namespace RagCaching.Testing.Conformance.Journals;

/// <summary>Instances lease what only one of them should do.</summary>
internal static class LeaseChecks
{
    // Far more than a millisecond, also in memory.
    private const int MostLooks = 2_000_000;

    public static ConformanceCheck<VectorJournalSubject>[] All =>
    [
        Check("Leases_AreHeldByOneUntilReleasedOrOver", "A lease, where the journal has leases, is held by one until it is given back with its token, or its duration is over.", async trial =>
        {
            if (trial.Journal is not IJournalLeases leases || await trial.OpenAsync().ConfigureAwait(false) is not IJournalLeases others)
            {
                return;
            }

            var duration = TimeSpan.FromSeconds(30);
            var token = await leases.TryAcquireLeaseAsync("question", duration, trial.Token).ConfigureAwait(false);
            Expect.NotNull(token);
            Expect.Null(await others.TryAcquireLeaseAsync("question", duration, trial.Token).ConfigureAwait(false));
            Expect.NotNull(await others.TryAcquireLeaseAsync("another", duration, trial.Token).ConfigureAwait(false));
            Expect.True(await others.IsLeasedAsync("question", trial.Token).ConfigureAwait(false));

            await others.ReleaseLeaseAsync("question", "not the token", trial.Token).ConfigureAwait(false);
            Expect.True(await others.IsLeasedAsync("question", trial.Token).ConfigureAwait(false));
            await leases.ReleaseLeaseAsync("question", token, trial.Token).ConfigureAwait(false);
            Expect.False(await others.IsLeasedAsync("question", trial.Token).ConfigureAwait(false));
            Expect.NotNull(await others.TryAcquireLeaseAsync("question", duration, trial.Token).ConfigureAwait(false));

            var over = await leases.TryAcquireLeaseAsync("short", TimeSpan.FromMilliseconds(1), trial.Token).ConfigureAwait(false);
            Expect.NotNull(over);
            await trial.EventuallyAsync(
                async () => await others.TryAcquireLeaseAsync("short", duration, trial.Token).ConfigureAwait(false) is not null, MostLooks, $"A lease of a millisecond was still held after {MostLooks} looks.").ConfigureAwait(false);

            // What was lost is not given back.
            await leases.ReleaseLeaseAsync("short", over, trial.Token).ConfigureAwait(false);
            Expect.True(await leases.IsLeasedAsync("short", trial.Token).ConfigureAwait(false));
        }),
    ];
}
