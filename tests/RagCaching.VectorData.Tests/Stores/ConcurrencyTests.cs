using RagCaching.VectorData.Tests.Memory;

namespace RagCaching.VectorData.Tests.Stores;

public sealed class ConcurrencyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_AtOnce_ReturnsWholeEntriesAndLosesNone()
    {
        await using var store = new VectorDataStore(new MemoryVectorStore());
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), Token, async (worker, token) =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 300; i++)
            {
                var id = $"{random.Next(16)}";
                switch (random.Next(5))
                {
                    case 0:
                        await store.SetMetadataAsync("p", id, new[] { (byte)i }, token);
                        break;
                    case 1:
                        await store.RemoveAsync("p", id, token);
                        break;
                    case 2:
                        Assert.All(await store.SearchAsync(new VectorQuery { Partition = "p", Vector = new float[] { 1, 0, 0 }, Limit = 5, IncludePayload = true }, token), match => Assert.Equal(7, match.Entry.Payload.Length));
                        break;
                    default:
                        await store.UpsertAsync(Some.Entry(id, [1, random.NextSingle(), 0]), token);
                        break;
                }
            }

            await store.UpsertAsync(Some.Entry($"last of {worker}", [1, 0, 0]), token);
        });

        foreach (var worker in Enumerable.Range(0, 8))
        {
            Assert.NotNull(await store.GetAsync("p", $"last of {worker}", Token));
        }
    }

    [Fact]
    public async Task Collection_FirstUsedByManyAtOnce_IsMadeOnce()
    {
        var database = new MemoryVectorStore();
        await using var store = new VectorDataStore(database);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => store.UpsertAsync(Some.Entry($"{i}", [1, 0, 0]), Token).AsTask()));

        Assert.Equal(50, Assert.Single(database.Collections).Value.Count);
        Assert.Equal(50, await store.CountAsync(new VectorFilter(), Token));
    }
}
