using CsCheck;
using RagCaching.Tests.VectorStores.InMemory.Rows;
using RagCaching.VectorStores.InMemory.Capacity;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.Tests.VectorStores.InMemory.Capacity;

public sealed class ExpiryHeapTests
{
    [Fact]
    public void First_RandomAdditionsAndRemovals_IsAlwaysTheEarliestDeadline()
    {
        // A positive number adds an entry with that deadline, a negative one removes an entry from anywhere.
        Gen.Int[-30, 30].List[0, 200].Sample(steps =>
        {
            var heap = new ExpiryHeap();
            var entries = new List<StoredEntry>();
            foreach (var step in steps)
            {
                if (step >= 0)
                {
                    entries.Add(Entry(step));
                    heap.Add(entries[^1]);
                }
                else if (entries.Count > 0)
                {
                    var index = -step % entries.Count;
                    heap.Remove(entries[index]);
                    entries.RemoveAt(index);
                }

                Assert.Equal(entries.Count == 0 ? null : entries.Min(entry => entry.Deadline), heap.First?.Deadline);
            }
        });
    }

    private static StoredEntry Entry(long deadline)
    {
        var value = new VectorEntry { Partition = "partition", Id = "id", CreatedAt = default, ExpiresAt = default };
        return new StoredEntry(TestPartitions.New("partition"), value, ordinal: 0, deadline);
    }
}
