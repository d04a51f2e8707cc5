using System.Globalization;
using RagCaching.Testing.Conformance.Checks;
using static RagCaching.Testing.Conformance.Stores.StoreTrial;

namespace RagCaching.Testing.Conformance.Stores;

/// <summary>What can never be right is refused with its value, and leaves nothing behind.</summary>
internal static class RefusalChecks
{
    private static readonly float[] NotFinite = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    private static readonly float[] NoCosines = [1.001f, -1.001f, float.NaN, float.PositiveInfinity];

    public static ConformanceCheck<VectorStoreSubject>[] All =>
    [
        .. NotFinite.Select(component => Check(Of("UpsertAsync_ComponentNotFinite_ThrowsAndStoresNothing", component), "A vector with NaN or an infinity is refused with an ArgumentException that says 'component' and its index.", async trial =>
        {
            var exception = await Expect.ThrowsAsync<ArgumentException>(() => trial.AddAsync(trial.Entry("a", [1, component]))).ConfigureAwait(false);

            Expect.Contains("component 1", exception.Message);
            Expect.Equal(0, await trial.CountAsync().ConfigureAwait(false));
        })),
        Check("UpsertAsync_ZeroVector_ThrowsAndStoresNothing", "A vector without a direction is refused with an ArgumentException.", async trial =>
        {
            await Expect.ThrowsAsync<ArgumentException>(() => trial.AddAsync(trial.Entry("a", [0, 0]))).ConfigureAwait(false);

            Expect.Equal(0, await trial.CountAsync().ConfigureAwait(false));
        }),
        Check("UpsertAsync_OtherDimensions_ThrowsNamingBoth", "A vector of another number of dimensions than the partition's others is refused with an ArgumentException that has both numbers.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 0, 0])).ConfigureAwait(false);

            var exception = await Expect.ThrowsAsync<ArgumentException>(() => trial.AddAsync(trial.Entry("b", [1, 0]))).ConfigureAwait(false);

            Expect.Contains("2", exception.Message);
            Expect.Contains("3", exception.Message);
            Expect.Null(await trial.GetAsync("b").ConfigureAwait(false));
        }),
        Check("UpsertAsync_NoIdOrPartition_Throws", "No entry is an ArgumentNullException; an entry without an id or a partition is an ArgumentException.", async trial =>
        {
            await Expect.ThrowsAsync<ArgumentNullException>(() => trial.AddAsync(null!)).ConfigureAwait(false);
            await Expect.ThrowsAsync<ArgumentException>(() => trial.AddAsync(trial.Entry("", [1]))).ConfigureAwait(false);
            await Expect.ThrowsAsync<ArgumentException>(() => trial.AddAsync(trial.Entry("a", [1], partition: ""))).ConfigureAwait(false);
        }),
        Check("SearchAsync_QueryWithoutDirection_Throws", "A query whose vector is empty, zero, or not finite is refused with an ArgumentException.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 0])).ConfigureAwait(false);

            await Expect.ThrowsAsync<ArgumentException>(() => trial.SearchAsync(Query())).ConfigureAwait(false);
            await Expect.ThrowsAsync<ArgumentException>(() => trial.SearchAsync(0, 0)).ConfigureAwait(false);
            await Expect.ThrowsAsync<ArgumentException>(() => trial.SearchAsync(1, float.NaN)).ConfigureAwait(false);
            await Expect.ThrowsAsync<ArgumentException>(() => trial.SearchAsync(float.NegativeInfinity, 1)).ConfigureAwait(false);
        }),
        Check("SearchAsync_OtherDimensions_ThrowsNamingBoth", "A query of another number of dimensions than the partition's vectors is refused with an ArgumentException that has both numbers.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 0])).ConfigureAwait(false);

            var exception = await Expect.ThrowsAsync<ArgumentException>(() => trial.SearchAsync(1, 0, 0)).ConfigureAwait(false);

            Expect.Contains("2", exception.Message);
            Expect.Contains("3", exception.Message);
        }),
        Check("SearchAsync_LimitBelowOne_Throws", "A limit below 1 is refused with an ArgumentOutOfRangeException.", trial =>
            Expect.ThrowsAsync<ArgumentOutOfRangeException>(() => trial.SearchAsync(new VectorQuery { Partition = Partition, Vector = new float[] { 1 }, Limit = 0 }))),
        .. NoCosines.Select(similarity => Check(Of("SearchAsync_MinimumSimilarityThatIsNoCosine_ThrowsAndNamesIt", similarity), "A minimum similarity outside of [-1, 1] is refused with an ArgumentOutOfRangeException that has the value.", async trial =>
        {
            var query = new VectorQuery { Partition = Partition, Vector = new float[] { 1, 0 }, MinimumSimilarity = similarity };

            var exception = await Expect.ThrowsAsync<ArgumentOutOfRangeException>(() => trial.SearchAsync(query)).ConfigureAwait(false);

            Expect.Equal(similarity, exception.ActualValue as float?);
        })),
        Check("EveryMember_CancelledToken_ThrowsOperationCanceled", "A call with a cancelled token throws OperationCanceledException and changes nothing.", async trial =>
        {
            var cancelled = new CancellationToken(canceled: true);
            var store = trial.Store;
            await trial.AddAsync(trial.Entry("a", [1])).ConfigureAwait(false);

            await Expect.ThrowsAsync<OperationCanceledException>(async () => await store.UpsertAsync(trial.Entry("b", [1]), cancelled).ConfigureAwait(false)).ConfigureAwait(false);
            await Expect.ThrowsAsync<OperationCanceledException>(async () => await store.GetAsync(Partition, "a", cancelled).ConfigureAwait(false)).ConfigureAwait(false);
            await Expect.ThrowsAsync<OperationCanceledException>(async () => await store.GetContentAsync(Partition, "a", cancelled).ConfigureAwait(false)).ConfigureAwait(false);
            await Expect.ThrowsAsync<OperationCanceledException>(async () => await store.SetMetadataAsync(Partition, "a", default, cancelled).ConfigureAwait(false)).ConfigureAwait(false);
            await Expect.ThrowsAsync<OperationCanceledException>(async () => await store.SearchAsync(Query(1), cancelled).ConfigureAwait(false)).ConfigureAwait(false);
            await Expect.ThrowsAsync<OperationCanceledException>(async () => await store.RemoveAsync(Partition, "a", cancelled).ConfigureAwait(false)).ConfigureAwait(false);
            await Expect.ThrowsAsync<OperationCanceledException>(async () => await store.RemoveWhereAsync(new VectorFilter(), cancelled).ConfigureAwait(false)).ConfigureAwait(false);
            await Expect.ThrowsAsync<OperationCanceledException>(async () => await store.CountAsync(new VectorFilter(), cancelled).ConfigureAwait(false)).ConfigureAwait(false);
            await Expect.ThrowsAsync<OperationCanceledException>(async () =>
            {
                // A store that cannot list its entries may say so, whatever the token is.
                if (await trial.ReadAllAsync(cancellation: cancelled).ConfigureAwait(false) is null)
                {
                    cancelled.ThrowIfCancellationRequested();
                }
            }).ConfigureAwait(false);
            Expect.Equal(1, await trial.CountAsync().ConfigureAwait(false));
        }),
    ];

    private static string Of(string name, float value) => string.Create(CultureInfo.InvariantCulture, $"{name}({value})");
}
