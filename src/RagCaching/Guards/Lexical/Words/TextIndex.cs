namespace RagCaching.Guards.Lexical.Words;

/// <summary>Finds values by text whose hash is known already: a question's words are hashed once for all tables.</summary>
/// <remarks>Frozen, and safe to use from many threads. Hashes are those of <see cref="string.GetHashCode(ReadOnlySpan{char})"/>.</remarks>
internal sealed class TextIndex<T>
    where T : class
{
    private readonly Entry[] _entries;
    private readonly int _mask;

    public TextIndex(IReadOnlyCollection<KeyValuePair<string, T>> values)
    {
        var size = 16;
        while (size < values.Count * 3)
        {
            size *= 2;
        }

        _mask = size - 1;
        _entries = new Entry[size];
        foreach (var (text, value) in values)
        {
            var hash = string.GetHashCode(text.AsSpan());
            var slot = hash & _mask;
            while (_entries[slot].Text is not null)
            {
                slot = (slot + 1) & _mask;
            }

            _entries[slot] = new Entry(hash, text, value);
        }
    }

    /// <summary>Gets the value of a text, or <see langword="null"/>.</summary>
    public T? Find(ReadOnlySpan<char> text, int hash)
    {
        var slot = hash & _mask;
        while (true)
        {
            ref readonly var entry = ref _entries[slot];
            if (entry.Text is null)
            {
                return null;
            }

            if (entry.Hash == hash && text.SequenceEqual(entry.Text))
            {
                return entry.Value;
            }

            slot = (slot + 1) & _mask;
        }
    }

    /// <summary>Gets the value of a text, or <see langword="null"/>.</summary>
    public T? Find(ReadOnlySpan<char> text) => Find(text, string.GetHashCode(text));

    private readonly record struct Entry(int Hash, string? Text, T? Value);
}
