using RagCaching.Testing.Conformance.Checks;
using static RagCaching.Testing.Conformance.Stores.StoreTrial;

namespace RagCaching.Testing.Conformance.Stores;

/// <summary>What was written is read back, whole, under its id and partition.</summary>
internal static class WritingChecks
{
    public static ConformanceCheck<VectorStoreSubject>[] All =>
    [
        Check("GetContentAsync_AfterUpsert_ReturnsEverythingButTheVector", "GetContentAsync returns metadata, payload, labels and times as they were written.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [3, 4], labels: ["x", "y"], createdAt: trial.Start.AddDays(-1))).ConfigureAwait(false);

            var entry = await trial.GetContentAsync("a").ConfigureAwait(false);

            Expect.NotNull(entry);
            Expect.Equal((Partition, "a", trial.Start.AddDays(-1)), (entry.Partition, entry.Id, entry.CreatedAt));
            Expect.Bytes("metadata of a"u8, entry.Metadata);
            Expect.Bytes("payload of a"u8, entry.Payload);
            Expect.Sequence(["x", "y"], entry.Labels);
            Expect.Null(await trial.GetContentAsync("a", OtherPartition).ConfigureAwait(false));
            Expect.Null(await trial.GetContentAsync("b").ConfigureAwait(false));
        }),
        Check("GetAsync_AfterUpsert_ReturnsTheWholeEntryAtUnitNorm", "GetAsync returns everything that was written; its vector has unit norm.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [3, 4], labels: ["x", "y"], createdAt: trial.Start.AddDays(-1))).ConfigureAwait(false);

            var entry = await trial.GetAsync("a").ConfigureAwait(false);

            Expect.NotNull(entry);
            Expect.Equal((Partition, "a"), (entry.Partition, entry.Id));
            Expect.Equal(2, entry.Vector.Length);
            Expect.Near(0.6, entry.Vector.Span[0]);
            Expect.Near(0.8, entry.Vector.Span[1]);
            Expect.Bytes("metadata of a"u8, entry.Metadata);
            Expect.Bytes("payload of a"u8, entry.Payload);
            Expect.Sequence(["x", "y"], entry.Labels);
            Expect.Equal(trial.Start.AddDays(-1), entry.CreatedAt);
            Expect.Equal(trial.Start.AddHours(1), entry.ExpiresAt);
        }),
        Check("GetAsync_UnknownIdOrPartition_ReturnsNull", "GetAsync returns null for an id that the partition does not have.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 0])).ConfigureAwait(false);

            Expect.Null(await trial.GetAsync("b").ConfigureAwait(false));
            Expect.Null(await trial.GetAsync("a", OtherPartition).ConfigureAwait(false));
        }),
        Check("UpsertAsync_SameId_ReplacesTheEntry", "A write under the same partition and id replaces the entry: vector, labels and all.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 0], labels: ["old"])).ConfigureAwait(false);
            await trial.AddAsync(trial.Entry("a", [0, 1], labels: ["new"])).ConfigureAwait(false);

            var match = Expect.Single(await trial.SearchAsync(0, 1).ConfigureAwait(false));
            Expect.Near(1, match.Similarity);
            Expect.Sequence(["new"], match.Entry.Labels);
            Expect.Equal(1, await trial.CountAsync().ConfigureAwait(false));
        }),
        Check("UpsertAsync_SameIdInAnotherPartition_KeepsBoth", "An id belongs to its partition: the same id in another partition is another entry.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 0])).ConfigureAwait(false);
            await trial.AddAsync(trial.Entry("a", [0, 1], OtherPartition)).ConfigureAwait(false);

            Expect.Near(1, Expect.Single(await trial.SearchAsync(1, 0).ConfigureAwait(false)).Similarity);
            Expect.Equal(2, await trial.CountAsync().ConfigureAwait(false));
        }),
        Check("UpsertAsync_EmptyVector_IsFoundByIdOnly", "An entry without a vector is found by its id, and by no search.", async trial =>
        {
            await trial.AddAsync(trial.Entry("exact", [])).ConfigureAwait(false);
            await trial.AddAsync(trial.Entry("vector", [1, 0])).ConfigureAwait(false);

            Expect.Sequence(["vector"], IdsOf(await trial.SearchAsync(1, 0).ConfigureAwait(false)));
            var entry = await trial.GetAsync("exact").ConfigureAwait(false);
            Expect.NotNull(entry);
            Expect.True(entry.Vector.IsEmpty);
            Expect.Bytes("payload of exact"u8, entry.Payload);
        }),
        Check("UpsertAsync_VectorComesOrGoes_FollowsTheLastWrite", "A write that adds a vector makes the entry searchable; one without a vector ends that.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [])).ConfigureAwait(false);
            await trial.AddAsync(trial.Entry("a", [1, 0])).ConfigureAwait(false);
            Expect.Sequence(["a"], IdsOf(await trial.SearchAsync(1, 0).ConfigureAwait(false)));

            await trial.AddAsync(trial.Entry("a", [])).ConfigureAwait(false);

            Expect.Empty(await trial.SearchAsync(1, 0).ConfigureAwait(false));
            Expect.NotNull(await trial.GetAsync("a").ConfigureAwait(false));
        }),
        Check("UpsertAsync_OtherDimensionsInAnotherPartition_IsAccepted", "Each partition has its own number of dimensions.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 0, 0])).ConfigureAwait(false);

            await trial.AddAsync(trial.Entry("b", [1, 0], OtherPartition)).ConfigureAwait(false);

            Expect.NotNull(await trial.GetAsync("b", OtherPartition).ConfigureAwait(false));
        }),
        Check("SetMetadataAsync_KnownEntry_ReplacesMetadataOnly", "SetMetadataAsync replaces the metadata, for searches too, and touches nothing else.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [3, 4], labels: ["x"])).ConfigureAwait(false);

            Expect.True(await trial.SetMetadataAsync("a", "new"u8.ToArray()).ConfigureAwait(false));

            var entry = await trial.GetAsync("a").ConfigureAwait(false);
            Expect.NotNull(entry);
            Expect.Bytes("new"u8, entry.Metadata);
            Expect.Bytes("payload of a"u8, entry.Payload);
            Expect.Sequence(["x"], entry.Labels);
            var match = Expect.Single(await trial.SearchAsync(3, 4).ConfigureAwait(false));
            Expect.Bytes("new"u8, match.Entry.Metadata);
        }),
        Check("SetMetadataAsync_UnknownEntry_ReturnsFalse", "SetMetadataAsync returns false where there is no such entry.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1])).ConfigureAwait(false);

            Expect.False(await trial.SetMetadataAsync("b", default).ConfigureAwait(false));
            Expect.False(await trial.SetMetadataAsync("a", default, OtherPartition).ConfigureAwait(false));
        }),
    ];
}
