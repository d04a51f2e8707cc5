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
    private SegmentSketches? _sketches;
    private SegmentSketches? _nextSketches;
    private ScalarCodes? _scalar;
    private ScalarCodes? _nextScalar;

    /// <summary>Gets the sketches to read, if there are any.</summary>
    public SegmentSketches? Sketches => Volatile.Read(ref _sketches);

    /// <summary>Gets the scalar codes to read, if there are any.</summary>
    public ScalarCodes? Scalar => Volatile.Read(ref _scalar);

    /// <summary>Gives an empty segment its codes.</summary>
    /// <param name="encoding">The encoding of its sketches, or <see langword="null"/> for none.</param>
    /// <param name="withScalar">Whether it has scalar codes.</param>
    public void Start(SketchEncoding? encoding, bool withScalar)
    {
        _sketches = encoding is null ? null : new SegmentSketches(encoding, slots);
        _scalar = withScalar ? new ScalarCodes(stride, slots) : null;
    }

    /// <summary>Starts sketches of an encoding.</summary>
    public void BeginSketches(SketchEncoding encoding) => _nextSketches = new SegmentSketches(encoding, slots);

    /// <summary>Lets searches read the sketches that were started.</summary>
    public void PublishSketches()
    {
        Volatile.Write(ref _sketches, _nextSketches);
        _nextSketches = null;
    }

    /// <summary>Starts scalar codes.</summary>
    public void BeginScalar() => _nextScalar = new ScalarCodes(stride, slots);

    /// <summary>Lets searches read the scalar codes that were started.</summary>
    public void PublishScalar()
    {
        Volatile.Write(ref _scalar, _nextScalar);
        _nextScalar = null;
    }

    /// <summary>Computes the codes of a row that is about to be written.</summary>
    public void Encode(ReadOnlySpan<float> row, CodeScratch scratch)
    {
        _sketches?.Encoding.Encode(row, scratch.Current);
        _nextSketches?.Encoding.Encode(row, scratch.Next);
    }

    /// <summary>Writes what <see cref="Encode"/> computed.</summary>
    public void Write(int slot, ReadOnlySpan<float> row, CodeScratch scratch)
    {
        _sketches?.Write(slot, scratch.Current);
        _nextSketches?.Write(slot, scratch.Next);
        _scalar?.Write(slot, row);
        _nextScalar?.Write(slot, row);
    }

    /// <summary>Writes the codes of a row that is there already into what is being built.</summary>
    public void WriteNext(int slot, ReadOnlySpan<float> row, CodeScratch scratch)
    {
        _nextSketches?.Encoding.Encode(row, scratch.Next);
        _nextSketches?.Write(slot, scratch.Next);
        _nextScalar?.Write(slot, row);
    }
}
