using System.Text;
using RagCaching.Testing.Conformance.Checks;
using static RagCaching.Testing.Conformance.Stores.StoreTrial;

namespace RagCaching.Testing.Conformance.Stores;

/// <summary>A search returns cosines, best first, and with each match what was asked for.</summary>
internal static class SearchChecks
{
    private static readonly (string Name, bool Payload, bool Vector)[] Includes = [("payload", true, false), ("vector", false, true), ("payload and vector", true, true)];

    public static ConformanceCheck<VectorStoreSubject>[] All =>
    [
        Check("SearchAsync_SeveralEntries_ReturnsBestFirst", "Matches come best first, each with its cosine in [-1, 1].", async trial =>
        {
            await trial.AddAsync(trial.Entry("far", [-1, 0])).ConfigureAwait(false);
            await trial.AddAsync(trial.Entry("near", [1, 0.1f])).ConfigureAwait(false);
            await trial.AddAsync(trial.Entry("same", [5, 0])).ConfigureAwait(false);
            await trial.AddAsync(trial.Entry("square", [0, 1])).ConfigureAwait(false);

            var matches = await trial.SearchAsync(2, 0).ConfigureAwait(false);

            Expect.Sequence(["same", "near", "square", "far"], IdsOf(matches));
            Expect.Near(1, matches[0].Similarity);
            Expect.Near(1 / Math.Sqrt(1.01), matches[1].Similarity);
            Expect.Near(0, matches[2].Similarity);
            Expect.Near(-1, matches[3].Similarity);
        }),
        Check("SearchAsync_Defaults_ReturnsOneMatchWithoutPayloadAndVector", "A query without settings returns one match, with metadata, labels and times, and without payload and vector.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 0], labels: ["x"])).ConfigureAwait(false);
            await trial.AddAsync(trial.Entry("b", [0, 1])).ConfigureAwait(false);

            var match = Expect.Single(await trial.SearchAsync(new VectorQuery { Partition = Partition, Vector = new float[] { 1, 0 } }).ConfigureAwait(false));

            Expect.Equal("a", match.Entry.Id);
            Expect.True(match.Entry.Payload.IsEmpty);
            Expect.True(match.Entry.Vector.IsEmpty);
            Expect.Bytes("metadata of a"u8, match.Entry.Metadata);
            Expect.Sequence(["x"], match.Entry.Labels);
            Expect.Equal(trial.Start, match.Entry.CreatedAt);
            Expect.Equal(trial.Start.AddHours(1), match.Entry.ExpiresAt);
        }),
        .. Includes.Select(includes => Check($"SearchAsync_Includes_ReturnsWhatWasAskedFor({includes.Name})", "A match has its payload and its vector, at unit norm, where the query includes them, and not otherwise.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [3, 4])).ConfigureAwait(false);

            var query = new VectorQuery { Partition = Partition, Vector = new float[] { 1, 0 }, IncludePayload = includes.Payload, IncludeVector = includes.Vector };
            var entry = Expect.Single(await trial.SearchAsync(query).ConfigureAwait(false)).Entry;

            Expect.Equal(includes.Payload ? "payload of a" : "", Encoding.UTF8.GetString(entry.Payload.Span));
            Expect.Equal(includes.Vector ? 2 : 0, entry.Vector.Length);
            Expect.Bytes("metadata of a"u8, entry.Metadata);
            if (includes.Vector)
            {
                Expect.Near(0.6, entry.Vector.Span[0]);
            }
        })),
        Check("SearchAsync_EqualSimilarities_AreInTheOrderOfAdding", "Matches of equal similarity come in the order in which their entries were first added; a replacement does not change it.", async trial =>
        {
            string[] ids = ["d", "a", "c", "b", "e"];
            foreach (var id in ids)
            {
                await trial.AddAsync(trial.Entry(id, [0, 2])).ConfigureAwait(false);
            }

            await trial.AddAsync(trial.Entry("a", [0, 1])).ConfigureAwait(false);

            Expect.Sequence(ids, IdsOf(await trial.SearchAsync(0, 1).ConfigureAwait(false)));
            Expect.Equal("d", Expect.Single(await trial.SearchAsync(new VectorQuery { Partition = Partition, Vector = new float[] { 0, 1 } }).ConfigureAwait(false)).Entry.Id);
        }),
        Check("SearchAsync_UnknownPartition_ReturnsNothing", "A search sees the entries of its own partition only; in one that does not exist it finds nothing.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 0], OtherPartition)).ConfigureAwait(false);

            Expect.Empty(await trial.SearchAsync(1, 0).ConfigureAwait(false));
        }),
    ];
}
