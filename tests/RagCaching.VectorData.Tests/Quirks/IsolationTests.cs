using RagCaching.VectorData.Tests.Memory;
using RagCaching.VectorData.Tests.Postgres;

namespace RagCaching.VectorData.Tests.Quirks;

/// <summary>Whatever partitions and ids are called, none sees another's entries, and their names stay out of the database's.</summary>
public sealed class IsolationTests(PgliteServer server)
{
    private static readonly string[] Names =
    [
        "x' or '1'='1", "x\" or \"\"=\"", "a", "A", "a ", " a", "a\0b", "a\0", "\ud800x", "\udbffx", "ä", "a\u0308", "%", "_", "$1", "{0}", "'; drop table x; --", new string('n', 5_000), "🙂", "null",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Entry_HostileNames_AreIsolated(bool postgres, bool perPartition)
    {
        await using var store = new VectorDataStore(postgres ? await server.NewStoreOrSkipAsync() : new MemoryVectorStore(), new VectorDataOptions { CollectionPerPartition = perPartition });
        foreach (var name in Names)
        {
            await store.UpsertAsync(Some.Entry(name, [1, 0, 0], partition: name, labels: [name]), Token);
            await store.UpsertAsync(Some.Entry(name + "2", [1, 0, 0], partition: name), Token);
        }

        foreach (var name in Names)
        {
            Assert.Equal([name, name + "2"], await Some.SearchAsync(store, [1, 0, 0], 50, name));
            Assert.Equal(name, (await store.GetAsync(name, name, Token))!.Id);
            Assert.Equal(1, await store.CountAsync(new VectorFilter { Labels = [name] }, Token));
            Assert.Equal(2, await store.CountAsync(new VectorFilter { Partition = name }, Token));
        }

        Assert.Equal(1, await store.RemoveWhereAsync(new VectorFilter { Labels = ["x' or '1'='1"] }, Token));
        Assert.Equal((2 * Names.Length) - 1, await store.CountAsync(new VectorFilter(), Token));
    }

    [Fact]
    public async Task Record_InTheDatabase_HasDigestsForNames()
    {
        var database = new MemoryVectorStore();
        await using var store = new VectorDataStore(database);

        await store.UpsertAsync(Some.Entry("secret id", [1, 0, 0], partition: "secret partition", labels: ["secret label"]), Token);

        var record = Assert.Single(database.Collections["ragcachingd3"].Values);
        Assert.Equal(44, ((string)record["key"]!).Length);
        Assert.Equal(22, ((string)record["partition"]!).Length);
        Assert.Equal(22, Assert.Single((List<string>)record["labels"]!).Length);
        Assert.DoesNotContain(record.Values.OfType<string>(), value => value.Contains("secret", StringComparison.Ordinal));
    }
}
