namespace RagCaching.Guards.Lexical.Text;

/// <summary>Counts words of both questions by their numbers in the vocabulary. It belongs to one class, and forgets only what was counted.</summary>
internal sealed class Tally
{
    private readonly List<int> _touched = [];
    private Sides[] _counts = new Sides[256];

    /// <summary>Gets how often a side has a word.</summary>
    public int this[int id, int side] => (uint)id < (uint)_counts.Length ? _counts[id][side] : 0;

    /// <summary>Adds to the count of a word.</summary>
    /// <returns>The new count.</returns>
    public int Add(int id, int side, int amount = 1)
    {
        if (id >= _counts.Length)
        {
            Array.Resize(ref _counts, Math.Max(id + 1, _counts.Length * 2));
        }

        ref var counts = ref _counts[id];
        if (counts[0] == 0 && counts[1] == 0)
        {
            _touched.Add(id);
        }

        return counts[side] += amount;
    }

    /// <summary>Sets all counts to zero.</summary>
    public void Clear()
    {
        foreach (var id in _touched)
        {
            _counts[id] = default;
        }

        _touched.Clear();
    }
}
