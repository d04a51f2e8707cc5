namespace RagCaching.ErrorBudgets.Model;

/// <summary>The newest items, up to a number. Not thread-safe.</summary>
internal sealed class RecentItems<T>(int capacity)
{
    private readonly Queue<T> _items = new();

    public int Count => _items.Count;

    public void Add(T item)
    {
        if (_items.Count == capacity)
        {
            _items.Dequeue();
        }

        _items.Enqueue(item);
    }

    /// <summary>Copies the items, oldest first.</summary>
    public T[] ToArray() => _items.ToArray();

    public void Restore(IEnumerable<T> items)
    {
        _items.Clear();
        foreach (var item in items)
        {
            Add(item);
        }
    }
}
