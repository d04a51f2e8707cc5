using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Pruning;

namespace RagCaching.VectorStores.InMemory.Scanning;

/// <summary>A query in every form that a scan needs it in.</summary>
/// <remarks>A scratch object: reused from search to search, by one thread at a time.</remarks>
internal sealed class PreparedQuery
{
    private float[] _row = [];
    private int _length;

    /// <summary>Gets the query as a padded unit vector.</summary>
    public ReadOnlySpan<float> Unit => _row.AsSpan(0, _length);

    /// <summary>Gets the query as weights for sketches.</summary>
    public SketchQuery Sketch { get; } = new();

    /// <summary>Gets the query as weights for scalar codes.</summary>
    public ScalarQuery Scalar { get; } = new();

    /// <summary>Brings a vector to unit norm and takes it; <see cref="Clear"/> comes before the next one.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="norm">Its norm.</param>
    public void Take(ReadOnlySpan<float> vector, double norm) => UnitVector.Write(vector, norm, Resize(DotKernel.PaddedLength(vector.Length)));

    /// <summary>Takes what another one has taken, which meanwhile must not change.</summary>
    public void Take(PreparedQuery other) => other.Unit.CopyTo(Resize(other._length));

    /// <summary>Forgets the query, which is as private as its text.</summary>
    public void Clear()
    {
        Sketch.Clear();
        Scalar.Clear();
        Array.Clear(_row);
        _length = 0;
    }

    private Span<float> Resize(int length)
    {
        if (_row.Length < length)
        {
            _row = new float[length];
        }

        _length = length;
        return _row.AsSpan(0, length);
    }
}
