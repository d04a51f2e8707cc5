using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Pruning;

namespace RagCaching.VectorStores.InMemory.Rows;

/// <summary>The memory that a write needs while it runs; each thread keeps one.</summary>
internal sealed class WriteScratch
{
    [ThreadStatic]
    private static WriteScratch? _current;

    private float[] _row = [];

    /// <summary>Gets the scratch of the thread. Nothing that uses it may wait or call back.</summary>
    public static WriteScratch Current => _current ??= new WriteScratch();

    /// <summary>Gets the codes of the vector that is being written.</summary>
    public CodeScratch Codes { get; } = new();

    /// <summary>Brings a vector to unit norm and pads it.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="norm">Its norm.</param>
    /// <returns>The row, which is valid until the next one.</returns>
    public ReadOnlySpan<float> Normalise(ReadOnlySpan<float> vector, double norm)
    {
        var stride = DotKernel.PaddedLength(vector.Length);
        if (_row.Length < stride)
        {
            _row = new float[stride];
        }

        var row = _row.AsSpan(0, stride);
        UnitVector.Write(vector, norm, row);
        return row;
    }
}
