using System.Buffers.Binary;
using System.Numerics.Tensors;
using RagCaching.Diagnostics;
using RagCaching.Tests.TestDoubles;
using static RagCaching.Tests.TestDoubles.SynchronousCalls;

namespace RagCaching.Tests.VectorStores.InMemory;

public sealed class InMemoryVectorStoreConcurrencyTests
{
    private const string Partition = "partition";
    private const int Dimensions = 64;
    private const int Ids = 16;
    private const int PayloadSize = 8;

    /// <summary>Far more than single-precision rounding over so few dimensions, far less than the difference between two versions.</summary>
    private const float Tolerance = 1e-5f;

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData(16, 200_000, Ids, "16 ids and room for all")]
    [InlineData(8, 10_000, Ids / 2, "16 ids and room for half")]
    public void EveryMember_ManyThreadsOnFewIds_KeepsEntriesWholeAndCountsRight(int threads, int operations, int maxEntries, string because)
    {
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = maxEntries });
        ICacheSize size = store;

        Threads.Run(threads, thread =>
        {
            var random = new Random(thread);
            for (var i = 0; i < operations; i++)
            {
                Operate(store, random);
                Assert.InRange(size.Entries, 0, maxEntries);
            }
        });

        // The integrity walk: what can be found by id, by search and by counting is the same, and its bytes are the ones counted.
        var byId = Enumerable.Range(0, Ids).Select(id => Done(store.GetAsync(Partition, $"{id}", Token))).OfType<VectorEntry>().ToArray();
        var bySearch = Done(store.SearchAsync(Query(1, limit: Ids * 2), Token));
        Assert.All(byId, AssertWhole);
        Assert.Equal(byId.Select(entry => entry.Id).Order(), bySearch.Select(match => match.Entry.Id).Order());
        Assert.Equal(byId.Length, Done(store.CountAsync(new VectorFilter(), Token)));
        Assert.True(byId.Length == size.Entries, because);
        Assert.Equal(byId.Length * (PayloadSize + (Dimensions * sizeof(float))), size.Bytes);
        Assert.Equal(byId.Length, Done(store.RemoveWhereAsync(new VectorFilter(), Token)));
        Assert.Equal((0, 0), (size.Entries, size.Bytes));
    }

    [Fact]
    [Trait("Category", "Soak")]
    public void SearchAsync_EntryIsBeingReplaced_AlwaysFindsOneVersionOfIt()
    {
        using var store = new InMemoryVectorStore();
        Done(store.UpsertAsync(Entry(0, 1), Token));

        Threads.Run(4, thread =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                if (thread == 0)
                {
                    Done(store.UpsertAsync(Entry(0, i + 1), Token));
                }
                else
                {
                    AssertWhole(Assert.Single(Done(store.SearchAsync(Query(i + 1, limit: 5), Token))), i + 1);
                    AssertWhole(Done(store.GetAsync(Partition, "0", Token))!);
                }
            }
        });
    }

    [Fact]
    [Trait("Category", "Soak")]
    public void SearchAsync_RowsMoveTogetherMeanwhile_AlwaysFindsWhatStays()
    {
        using var store = new InMemoryVectorStore();
        Done(store.UpsertAsync(Entry(0, 1), Token));

        Threads.Run(3, thread =>
        {
            for (var round = 0; round < 300; round++)
            {
                if (thread > 0)
                {
                    Assert.Contains(Done(store.SearchAsync(Query(1, limit: 100), Token)), match => match.Entry.Id == "0");
                    AssertWhole(Done(store.GetAsync(Partition, "0", Token))!);
                    continue;
                }

                for (var id = 1; id <= 64; id++)
                {
                    Done(store.UpsertAsync(Entry(id, id), Token));
                }

                for (var id = 1; id <= 64; id++)
                {
                    Assert.True(Done(store.RemoveAsync(Partition, $"{id}", Token)));
                }
            }
        });
    }

    [Fact]
    [Trait("Category", "Soak")]
    public void SearchAsync_EntryWasRemovedBefore_NeverReturnsIt()
    {
        using var store = new InMemoryVectorStore();

        Threads.Run(4, thread =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                // Each thread owns its ids; the slots that it empties are filled by the others.
                var id = (thread * 1_000) + (i % 4);
                Done(store.UpsertAsync(Entry(id, i), Token));
                Done(store.RemoveAsync(Partition, $"{id}", Token));
                Assert.DoesNotContain(Done(store.SearchAsync(Query(i, limit: 50), Token)), match => match.Entry.Id == $"{id}");
            }
        });
    }

    [Fact]
    [Trait("Category", "Soak")]
    public void UpsertAsync_PartitionIsReleasedMeanwhile_IsNotLost()
    {
        using var store = new InMemoryVectorStore();

        Threads.Run(4, thread =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                Done(store.UpsertAsync(Entry(thread, i), Token));
                AssertWhole(Done(store.GetAsync(Partition, $"{thread}", Token))!);
                Assert.True(Done(store.RemoveAsync(Partition, $"{thread}", Token)));
            }
        });

        Assert.Equal(0, ((ICacheSize)store).Entries);
    }

    [Fact]
    [Trait("Category", "Soak")]
    public void SearchAsync_EntryIsRemovedAndAddedElsewhereMeanwhile_ReturnsItOnce()
    {
        const int First = 10_000;
        const int Last = 20_000;
        using var store = new InMemoryVectorStore();
        Done(store.UpsertAsync(Entry(First, 1), Token));
        for (var id = 2; id < 500; id++)
        {
            Done(store.UpsertAsync(Entry(id, id), Token));
        }

        Done(store.UpsertAsync(Entry(Last, 1), Token));

        Threads.Run(2, thread =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                if (thread == 0)
                {
                    // The slot that was emptied last is filled first, so the two change places between the ends of the rows.
                    var (early, late) = i % 2 == 0 ? (First, Last) : (Last, First);
                    Done(store.RemoveAsync(Partition, $"{late}", Token));
                    Done(store.RemoveAsync(Partition, $"{early}", Token));
                    Done(store.UpsertAsync(Entry(late, 1), Token));
                    Done(store.UpsertAsync(Entry(early, 1), Token));
                }
                else
                {
                    var ids = Done(store.SearchAsync(Query(1, limit: 4), Token)).Select(match => match.Entry.Id).ToArray();
                    Assert.Equal(ids.Distinct(), ids);
                }
            }
        });
    }

    private static void Operate(InMemoryVectorStore store, Random random)
    {
        var id = random.Next(Ids);
        var version = random.Next();
        switch (random.Next(10))
        {
            case < 3:
                Done(store.UpsertAsync(Entry(id, version), Token));
                break;
            case 3:
                Done(store.RemoveAsync(Partition, $"{id}", Token));
                break;
            case 4:
                Done(store.RemoveWhereAsync(new VectorFilter { Partition = Partition, CreatedBefore = random.Next(20) == 0 ? Now.AddDays(1) : Now }, Token));
                break;
            case 5:
                Done(store.SetMetadataAsync(Partition, $"{id}", ReadOnlyMemory<byte>.Empty, Token));
                break;
            case 6:
                if (Done(store.GetAsync(Partition, $"{id}", Token)) is { } entry)
                {
                    AssertWhole(entry);
                }

                break;
            default:
                var matches = Done(store.SearchAsync(Query(version, limit: 1 + (version % Ids)), Token));
                Assert.Equal(matches.Count, matches.Select(match => match.Entry.Id).Distinct().Count());
                Assert.All(matches, match => AssertWhole(match, version));
                break;
        }
    }

    /// <summary>An entry whose payload is the number from which its vector was made.</summary>
    private static VectorEntry Entry(int id, int version)
    {
        var payload = new byte[PayloadSize];
        BinaryPrimitives.WriteInt32LittleEndian(payload, version);
        return new VectorEntry { Partition = Partition, Id = $"{id}", Vector = VectorOf(version), Payload = payload, CreatedAt = Now, ExpiresAt = Now.AddDays(1) };
    }

    private static VectorQuery Query(int version, int limit) =>
        new() { Partition = Partition, Vector = VectorOf(version), Limit = limit, IncludePayload = true, IncludeVector = version % 2 == 0 };

    private static float[] VectorOf(int version)
    {
        var random = new Random(version);
        return [.. Enumerable.Range(0, Dimensions).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    /// <summary>Checks that a similarity is that of the vector that belongs to the payload, which a mixture of two rows would not have.</summary>
    private static void AssertWhole(VectorMatch match, int query)
    {
        var expected = TensorPrimitives.CosineSimilarity(VectorOf(query), VectorOf(VersionOf(match.Entry)));
        Assert.Equal(expected, match.Similarity, Tolerance);
        if (!match.Entry.Vector.IsEmpty)
        {
            AssertWhole(match.Entry);
        }
    }

    private static void AssertWhole(VectorEntry entry)
    {
        var expected = VectorOf(VersionOf(entry));
        var length = TensorPrimitives.Norm(expected);
        for (var i = 0; i < Dimensions; i++)
        {
            Assert.Equal(expected[i] / length, entry.Vector.Span[i], Tolerance);
        }
    }

    private static int VersionOf(VectorEntry entry) => BinaryPrimitives.ReadInt32LittleEndian(entry.Payload.Span);
}
