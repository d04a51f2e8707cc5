namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>Everything that is computed from the rows of one segment to save reading them.</summary>
/// <remarks>
/// A new generation is built beside the one that searches read and takes its place by one reference. While it is being built, writers write
/// into both. Changes happen under the partition's lock; reading needs none.
/// </remarks>
/// <param name="stride">The padded number of dimensions.</param>
/// <param name="slots">The slots of the segment.</param>
internal sealed class SegmentCodes(int stride, int slots)
{
    private SegmentHeads? _heads;
    private SegmentHeads? _nextHeads;
    private FullCodes? _full;
    private FullCodes? _nextFull;

    /// <summary>Gets the heads to read, if there are any.</summary>
    public SegmentHeads? Heads => Volatile.Read(ref _heads);

    /// <summary>Gets the full codes to read, if there are any.</summary>
    public FullCodes? Full => Volatile.Read(ref _full);

    /// <summary>Gets the memory that all codes take in bytes.</summary>
    public long Bytes => (Heads?.Bytes ?? 0) + (Full?.Bytes ?? 0);

    /// <summary>Gives an empty segment its codes.</summary>
    /// <param name="encoding">The encoding of its heads, or <see langword="null"/> for none.</param>
    /// <param name="withFull">Whether it has full codes.</param>
    public void Start(HeadEncoding? encoding, bool withFull)
    {
        _heads = encoding is null ? null : new SegmentHeads(encoding, slots);
        _full = withFull ? new FullCodes(stride, slots) : null;
    }

    /// <summary>Starts heads of an encoding.</summary>
    public void BeginHeads(HeadEncoding encoding) => _nextHeads = new SegmentHeads(encoding, slots);

    /// <summary>Lets searches read the heads that were started.</summary>
    public void PublishHeads()
    {
        Volatile.Write(ref _heads, _nextHeads);
        _nextHeads = null;
    }

    /// <summary>Starts full codes.</summary>
    public void BeginFull() => _nextFull = new FullCodes(stride, slots);

    /// <summary>Lets searches read the full codes that were started.</summary>
    public void PublishFull()
    {
        Volatile.Write(ref _full, _nextFull);
        _nextFull = null;
    }

    /// <summary>Computes the codes of a row that is about to be written.</summary>
    public void Encode(ReadOnlySpan<float> row, CodeScratch scratch)
    {
        _heads?.Encoding.Encode(row, scratch.Current);
        _nextHeads?.Encoding.Encode(row, scratch.Next);
    }

    /// <summary>Writes what <see cref="Encode"/> computed.</summary>
    public void Write(int slot, ReadOnlySpan<float> row, CodeScratch scratch)
    {
        _heads?.Write(slot, scratch.Current);
        _nextHeads?.Write(slot, scratch.Next);
        _full?.Write(slot, row);
        _nextFull?.Write(slot, row);
    }

    /// <summary>Writes the codes of a row that is there already into what is being built.</summary>
    public void WriteNext(int slot, ReadOnlySpan<float> row, CodeScratch scratch)
    {
        _nextHeads?.Encoding.Encode(row, scratch.Next);
        _nextHeads?.Write(slot, scratch.Next);
        _nextFull?.Write(slot, row);
    }
}
