namespace RagCaching.Tests.VectorStores;

public abstract partial class VectorStoreConformanceTests
{
    public static TheoryData<VectorFilter, string[]> Filters => new()
    {
        { new VectorFilter(), ["1", "2", "3", "4"] },
        { new VectorFilter { Partition = Partition }, ["1", "2", "3"] },
        { new VectorFilter { Partition = "unknown" }, [] },
        { new VectorFilter { Labels = ["red"] }, ["1", "2", "4"] },
        { new VectorFilter { Labels = ["red", "green"] }, ["2"] },
        { new VectorFilter { Labels = ["RED"] }, [] },
        { new VectorFilter { CreatedBefore = Start.AddMinutes(2) }, ["1"] },
        { new VectorFilter { CreatedBefore = Start.AddMinutes(4) }, ["1", "2", "3"] },
        { new VectorFilter { Partition = Partition, Labels = ["red"], CreatedBefore = Start.AddMinutes(9) }, ["1", "2"] },
    };

    [Theory]
    [MemberData(nameof(Filters), DisableDiscoveryEnumeration = true)]
    public async Task CountAsync_Filter_CountsWhatMatchesAll(VectorFilter filter, string[] expected)
    {
        await AddFour();

        Assert.Equal(expected.Length, await Store.CountAsync(filter, Token));
    }

    [Theory]
    [MemberData(nameof(Filters), DisableDiscoveryEnumeration = true)]
    public async Task RemoveWhereAsync_Filter_RemovesWhatMatchesAllAndNothingElse(VectorFilter filter, string[] expected)
    {
        await AddFour();

        Assert.Equal(expected.Length, await Store.RemoveWhereAsync(filter, Token));

        Assert.Equal(4 - expected.Length, await Store.CountAsync(new VectorFilter(), Token));
        foreach (var (id, partition) in ((string, string)[])[("1", Partition), ("2", Partition), ("3", Partition), ("4", OtherPartition)])
        {
            Assert.Equal(expected.Contains(id), (await Store.GetAsync(partition, id, Token)) is null);
        }
    }

    private async Task AddFour()
    {
        await Add(Entry("1", [1, 0], labels: ["red"], createdAt: Start.AddMinutes(1)));
        await Add(Entry("2", [1, 0], labels: ["red", "green"], createdAt: Start.AddMinutes(2)));
        await Add(Entry("3", [], createdAt: Start.AddMinutes(3)));
        await Add(Entry("4", [1, 0, 0], OtherPartition, labels: ["red"], createdAt: Start.AddMinutes(4)));
    }
}
