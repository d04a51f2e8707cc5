using RagCaching.Testing.Conformance.Checks;
using static RagCaching.Testing.Conformance.Stores.StoreTrial;

namespace RagCaching.Testing.Conformance.Stores;

/// <summary>What was removed is gone at once, and nothing else is.</summary>
internal static class RemovalChecks
{
    public static ConformanceCheck<VectorStoreSubject>[] All =>
    [
        Check("RemoveAsync_KnownEntry_IsGone", "A removed entry is seen by no call that starts after the removal; only its removal returns true.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 0])).ConfigureAwait(false);
            await trial.AddAsync(trial.Entry("b", [1, 0])).ConfigureAwait(false);

            Expect.True(await trial.RemoveAsync("a").ConfigureAwait(false));

            Expect.Null(await trial.GetAsync("a").ConfigureAwait(false));
            Expect.Sequence(["b"], IdsOf(await trial.SearchAsync(1, 0).ConfigureAwait(false)));
            Expect.False(await trial.RemoveAsync("a").ConfigureAwait(false));
            Expect.False(await trial.RemoveAsync("b", OtherPartition).ConfigureAwait(false));
        }),
        Check("UpsertAsync_AfterTheLastVectorWasRemoved_AcceptsOtherDimensions", "A partition without vectors takes those of any number of dimensions.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 0])).ConfigureAwait(false);
            await trial.RemoveAsync("a").ConfigureAwait(false);

            await trial.AddAsync(trial.Entry("b", [1, 0, 0])).ConfigureAwait(false);

            Expect.Sequence(["b"], IdsOf(await trial.SearchAsync(1, 0, 0).ConfigureAwait(false)));
        }),
        Check("SearchAsync_EqualSimilaritiesAfterRemoval_OrdersReaddedEntriesLast", "An entry that was removed and added again counts as added then.", async trial =>
        {
            foreach (var id in (string[])["a", "b", "c"])
            {
                await trial.AddAsync(trial.Entry(id, [1, 1])).ConfigureAwait(false);
            }

            await trial.RemoveAsync("a").ConfigureAwait(false);
            await trial.AddAsync(trial.Entry("d", [1, 1])).ConfigureAwait(false);
            await trial.AddAsync(trial.Entry("a", [1, 1])).ConfigureAwait(false);

            Expect.Sequence(["b", "c", "d", "a"], IdsOf(await trial.SearchAsync(1, 1).ConfigureAwait(false)));
        }),
    ];
}
