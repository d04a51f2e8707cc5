using RagCaching.Testing.Conformance.Checks;
using static RagCaching.Testing.Conformance.Stores.StoreTrial;

namespace RagCaching.Testing.Conformance.Stores;

/// <summary>An entry is invisible from its expiry on.</summary>
internal static class ExpiryChecks
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static ConformanceCheck<VectorStoreSubject>[] All =>
    [
        Check("EveryMember_EntryExpires_NoLongerSeesItFromThatMomentOn", "An entry is visible until its ExpiresAt, and to no member from then on.", async trial =>
        {
            await trial.AddAsync(trial.Entry("short", [1, 0], timeToLive: Minute)).ConfigureAwait(false);
            await trial.AddAsync(trial.Entry("long", [1, 0], timeToLive: 2 * Minute)).ConfigureAwait(false);

            await trial.AdvanceAsync(Minute - TimeSpan.FromMilliseconds(1)).ConfigureAwait(false);
            Expect.NotNull(await trial.GetAsync("short").ConfigureAwait(false));
            Expect.NotNull(await trial.GetContentAsync("short").ConfigureAwait(false));

            await trial.AdvanceAsync(TimeSpan.FromMilliseconds(1)).ConfigureAwait(false);
            Expect.Null(await trial.GetAsync("short").ConfigureAwait(false));
            Expect.Null(await trial.GetContentAsync("short").ConfigureAwait(false));
            Expect.Sequence(["long"], IdsOf(await trial.SearchAsync(1, 0).ConfigureAwait(false)));
            Expect.Equal(1, await trial.CountAsync().ConfigureAwait(false));
            Expect.Sequence(["long"], (await trial.ReadAllAsync().ConfigureAwait(false))?.Select(entry => entry.Id) ?? ["long"]);
            Expect.False(await trial.SetMetadataAsync("short", default).ConfigureAwait(false));
            Expect.False(await trial.RemoveAsync("short").ConfigureAwait(false));
            Expect.Equal(1, await trial.RemoveWhereAsync().ConfigureAwait(false));
        }),
        Check("SearchAsync_AllExpired_ReturnsNothing", "A search among nothing but expired entries is empty.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 0], timeToLive: Minute)).ConfigureAwait(false);
            await trial.AdvanceAsync(Minute).ConfigureAwait(false);

            Expect.Empty(await trial.SearchAsync(1, 0).ConfigureAwait(false));
        }),
        Check("UpsertAsync_AlreadyExpired_IsNeverSeenAndEndsItsPredecessor", "An entry that is expired when it is written is never seen, and the one that it replaces is gone.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 0])).ConfigureAwait(false);

            await trial.AddAsync(trial.Entry("a", [1, 0], timeToLive: TimeSpan.Zero)).ConfigureAwait(false);

            Expect.Null(await trial.GetAsync("a").ConfigureAwait(false));
            Expect.Empty(await trial.SearchAsync(1, 0).ConfigureAwait(false));
        }),
        Check("UpsertAsync_OverExpiredEntry_IsANewEntry", "An entry that replaces an expired one counts as added then.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 0], timeToLive: Minute)).ConfigureAwait(false);
            await trial.AddAsync(trial.Entry("b", [1, 0])).ConfigureAwait(false);
            await trial.AdvanceAsync(Minute).ConfigureAwait(false);

            await trial.AddAsync(trial.Entry("a", [1, 0])).ConfigureAwait(false);

            Expect.Sequence(["b", "a"], IdsOf(await trial.SearchAsync(1, 0).ConfigureAwait(false)));
        }),
        Check("UpsertAsync_OnlyExpiredVectorsHaveOtherDimensions_IsAccepted", "Expired vectors do not decide the dimensions of a partition.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 0], timeToLive: Minute)).ConfigureAwait(false);
            await trial.AdvanceAsync(Minute).ConfigureAwait(false);

            await trial.AddAsync(trial.Entry("b", [1, 0, 0])).ConfigureAwait(false);

            Expect.Sequence(["b"], IdsOf(await trial.SearchAsync(1, 0, 0).ConfigureAwait(false)));
        }),
        Check("UpsertAsync_LatestPossibleExpiry_IsKept", "An entry that expires at the end of time is kept for ten years, and longer.", async trial =>
        {
            await trial.AddAsync(new VectorEntry { Partition = Partition, Id = "a", CreatedAt = trial.Start, ExpiresAt = DateTimeOffset.MaxValue }).ConfigureAwait(false);
            await trial.AdvanceAsync(TimeSpan.FromDays(3650)).ConfigureAwait(false);

            Expect.NotNull(await trial.GetAsync("a").ConfigureAwait(false));
        }),
    ];
}
