using RagCaching.Diagnostics;
using RagCaching.Tests.TestDoubles;
using static RagCaching.Tests.TestDoubles.SynchronousCalls;
using static RagCaching.Tests.VectorStores.InMemory.VersionedEntries;

namespace RagCaching.Tests.VectorStores.InMemory;

public sealed class InMemoryVectorStoreConcurrencyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
}
