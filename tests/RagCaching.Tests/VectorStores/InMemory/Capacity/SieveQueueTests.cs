using CsCheck;
using RagCaching.VectorStores.InMemory.Capacity;

namespace RagCaching.Tests.VectorStores.InMemory.Capacity;

public sealed class SieveQueueTests
{
    [Fact]
    public void Next_RandomAdditionsUsesAndRemovals_EqualsTheModel()
    {
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 100]).List[0, 200].Sample(steps =>
        {
            var queue = new SieveQueue();
            var model = new Model();
            foreach (var (kind, pick) in steps)
            {
                switch (kind)
                {
                    case 0:
                        var added = new Entry();
                        queue.Add(added);
                        model.Entries.Add(added);
                        break;
                    case 1 when model.Entries.Count > 0:
                        model.Entries[pick % model.Entries.Count].MarkUsed();
                        break;
                    case 2 when model.Entries.Count > 0:
                        queue.Remove(model.Remove(pick % model.Entries.Count));
                        break;
                    default:
                        var used = model.Entries.Where(entry => entry.IsUsed).ToArray();
                        var expected = model.Next();
                        var spared = model.Entries.Where(entry => entry.IsUsed).ToArray();

                        // The model has taken the marks that the queue is to take, so they are put back first.
                        Array.ForEach(used, entry => entry.MarkUsed());
                        Assert.Same(expected, queue.Next());
                        Assert.Equal(spared, model.Entries.Where(entry => entry.IsUsed));
                        break;
                }
            }
        });
    }

    [Fact]
    public void Next_Empty_ReturnsNull()
    {
        Assert.Null(new SieveQueue().Next());
    }

    /// <summary>The policy with a plain list, oldest first, and the hand as an index; one past the newest means the oldest again.</summary>
    private sealed class Model
    {
        private int _hand;

        public List<Entry> Entries { get; } = [];

        public Entry Remove(int index)
        {
            var entry = Entries[index];
            Entries.RemoveAt(index);
            if (index < _hand)
            {
                _hand--;
            }

            // The hand stood on the newest entry, or on nothing: it starts again from the oldest, also when newer ones come.
            if (_hand >= Entries.Count)
            {
                _hand = 0;
            }

            return entry;
        }

        public Entry? Next()
        {
            if (Entries.Count == 0)
            {
                return null;
            }

            while (Entries[_hand].IsUsed)
            {
                Entries[_hand].ClearUsed();
                _hand = (_hand + 1) % Entries.Count;
            }

            var victim = Entries[_hand];
            _hand = (_hand + 1) % Entries.Count;
            return victim;
        }
    }

    private sealed class Entry() : TrackedEntry(deadline: 0, size: 0);
}
