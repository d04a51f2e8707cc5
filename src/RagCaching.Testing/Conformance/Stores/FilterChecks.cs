using RagCaching.Testing.Conformance.Checks;
using static RagCaching.Testing.Conformance.Stores.StoreTrial;

namespace RagCaching.Testing.Conformance.Stores;

/// <summary>The conditions of a filter are combined with "and".</summary>
internal static class FilterChecks
{
    private static readonly (string Id, string Partition)[] Four = [("1", Partition), ("2", Partition), ("3", Partition), ("4", OtherPartition)];

    // Made for the time at which a check starts.
    private static readonly (string Name, Func<DateTimeOffset, VectorFilter> Of, string[] Expected)[] Filters =
    [
        ("nothing", _ => new VectorFilter(), ["1", "2", "3", "4"]),
        ("partition", _ => new VectorFilter { Partition = Partition }, ["1", "2", "3"]),
        ("unknown partition", _ => new VectorFilter { Partition = "unknown" }, []),
        ("label", _ => new VectorFilter { Labels = ["red"] }, ["1", "2", "4"]),
        ("two labels", _ => new VectorFilter { Labels = ["red", "green"] }, ["2"]),
        ("label in other case", _ => new VectorFilter { Labels = ["RED"] }, []),
        ("time", start => new VectorFilter { CreatedBefore = start.AddMinutes(2) }, ["1"]),
        ("later time", start => new VectorFilter { CreatedBefore = start.AddMinutes(4) }, ["1", "2", "3"]),
        ("all three", start => new VectorFilter { Partition = Partition, Labels = ["red"], CreatedBefore = start.AddMinutes(9) }, ["1", "2"]),
    ];

    public static ConformanceCheck<VectorStoreSubject>[] All =>
    [
        .. Filters.Select(filter => Check($"CountAsync_Filter_CountsWhatMatchesAll({filter.Name})", "CountAsync counts the entries that meet all conditions of the filter.", async trial =>
        {
            await AddFourAsync(trial).ConfigureAwait(false);

            Expect.Equal(filter.Expected.Length, await trial.CountAsync(filter.Of(trial.Start)).ConfigureAwait(false));
        })),
        .. Filters.Select(filter => Check($"RemoveWhereAsync_Filter_RemovesWhatMatchesAllAndNothingElse({filter.Name})", "RemoveWhereAsync removes the entries that meet all conditions of the filter, counts them, and removes no other.", async trial =>
        {
            await AddFourAsync(trial).ConfigureAwait(false);

            Expect.Equal(filter.Expected.Length, await trial.RemoveWhereAsync(filter.Of(trial.Start)).ConfigureAwait(false));

            Expect.Equal(4 - filter.Expected.Length, await trial.CountAsync().ConfigureAwait(false));
            foreach (var (id, partition) in Four)
            {
                var isGone = await trial.GetAsync(id, partition).ConfigureAwait(false) is null;
                Expect.Equal(filter.Expected.Contains(id), isGone, $"entry {id} is gone");
            }
        })),
        .. Filters.Select(filter => Check($"ReadAllAsync_Filter_ReadsWhatMatchesAllWhole({filter.Name})", "ReadAllAsync reads the entries that meet all conditions of the filter, each whole, or throws NotSupportedException itself, before the first one.", async trial =>
        {
            await AddFourAsync(trial).ConfigureAwait(false);

            if (await trial.ReadAllAsync(filter.Of(trial.Start)).ConfigureAwait(false) is { } entries)
            {
                Expect.Sequence(filter.Expected, entries.Select(entry => entry.Id).Order(StringComparer.Ordinal));
                foreach (var entry in entries)
                {
                    Expect.Bytes(System.Text.Encoding.UTF8.GetBytes($"payload of {entry.Id}"), entry.Payload);
                    Expect.Bytes(System.Text.Encoding.UTF8.GetBytes($"metadata of {entry.Id}"), entry.Metadata);
                    Expect.Equal(entry.Id switch { "3" => 0, "4" => 3, _ => 2 }, entry.Vector.Length);
                }
            }
        })),
    ];

    private static async Task AddFourAsync(StoreTrial trial)
    {
        await trial.AddAsync(trial.Entry("1", [1, 0], labels: ["red"], createdAt: trial.Start.AddMinutes(1))).ConfigureAwait(false);
        await trial.AddAsync(trial.Entry("2", [1, 0], labels: ["red", "green"], createdAt: trial.Start.AddMinutes(2))).ConfigureAwait(false);
        await trial.AddAsync(trial.Entry("3", [], createdAt: trial.Start.AddMinutes(3))).ConfigureAwait(false);
        await trial.AddAsync(trial.Entry("4", [1, 0, 0], OtherPartition, labels: ["red"], createdAt: trial.Start.AddMinutes(4))).ConfigureAwait(false);
    }
}
