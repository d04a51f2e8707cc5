using System.Buffers;

namespace RagCaching.Onnx.Running;

/// <summary>The ids of the texts of one request, one text behind the other, and an order of the texts by their lengths.</summary>
/// <remarks>The memory is rented, and cleared when it goes back, since ids can be turned into text again.</remarks>
internal sealed class TokenTable : IDisposable
{
    private readonly int[] _ends;
    private readonly int[] _order;
    private int[] _ids;

    /// <summary>Rents a table.</summary>
    /// <param name="texts">How many texts there will be.</param>
    /// <param name="mostTokens">The most ids of a text.</param>
    public TokenTable(int texts, int mostTokens)
    {
        _ends = ArrayPool<int>.Shared.Rent(texts);
        _order = ArrayPool<int>.Shared.Rent(texts);
        _ids = ArrayPool<int>.Shared.Rent(mostTokens);
    }

    /// <summary>Gets the number of texts so far.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the number of ids of all texts so far.</summary>
    public int TotalLength => Count == 0 ? 0 : _ends[Count - 1];

    /// <summary>Gets the numbers of the texts, shortest first, once <see cref="Sort"/> was called.</summary>
    public ReadOnlyMemory<int> Order => _order.AsMemory(0, Count);

    /// <summary>Gets room for the next text.</summary>
    public Span<int> Reserve(int length)
    {
        var used = TotalLength;
        if (_ids.Length - used < length)
        {
            var larger = ArrayPool<int>.Shared.Rent(Math.Max(checked(used + length), (int)Math.Min(2L * _ids.Length, Array.MaxLength)));
            _ids.AsSpan(0, used).CopyTo(larger);
            Return(_ids, used);
            _ids = larger;
        }

        return _ids.AsSpan(used, length);
    }

    /// <summary>Adds the text whose ids were written into the reserved room.</summary>
    public void Add(int length)
    {
        _ends[Count] = TotalLength + length;
        Count++;
    }

    public ReadOnlySpan<int> IdsOf(int text) => _ids.AsSpan(StartOf(text), LengthOf(text));

    public int LengthOf(int text) => _ends[text] - StartOf(text);

    /// <summary>Orders the texts by length, so that texts that run together need little padding.</summary>
    public void Sort()
    {
        for (var text = 0; text < Count; text++)
        {
            _order[text] = text;
        }

        if (Count > 1)
        {
            _order.AsSpan(0, Count).Sort((a, b) => (LengthOf(a), a).CompareTo((LengthOf(b), b)));
        }
    }

    public void Dispose()
    {
        Return(_ids, TotalLength);
        ArrayPool<int>.Shared.Return(_ends);
        ArrayPool<int>.Shared.Return(_order);
    }

    private int StartOf(int text) => text == 0 ? 0 : _ends[text - 1];

    private static void Return(int[] ids, int used)
    {
        ids.AsSpan(0, used).Clear();
        ArrayPool<int>.Shared.Return(ids);
    }
}
