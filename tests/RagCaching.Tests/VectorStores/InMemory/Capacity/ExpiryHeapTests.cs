using CsCheck;
using RagCaching.VectorStores.InMemory.Capacity;

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
            var entries = new List<Entry>();
            foreach (var step in steps)
            {
                if (step >= 0)
                {
                    entries.Add(new Entry(step));
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

    private sealed class Entry(long deadline) : TrackedEntry(deadline, size: 0);
}
