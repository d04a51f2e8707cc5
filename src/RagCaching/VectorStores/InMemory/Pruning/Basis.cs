using RagCaching.VectorStores.InMemory.Kernels;

namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>A few orthonormal axes on which vectors of one kind differ most.</summary>
/// <remarks>
/// Axis 0 is the direction of the mean, which for many models holds most of every vector's norm; the others are the principal axes of
/// what is left. Where the space has fewer dimensions, the last axes are zero, which only adds coordinates that are always zero.
/// Immutable.
/// </remarks>
internal sealed class Basis
{
    private readonly float[] _axes;

    /// <summary>Takes axes.</summary>
    /// <param name="axes">The axes, orthonormal or zero, each of <paramref name="stride"/> components, a multiple of <see cref="ProjectionKernel.AxisStep"/>; the array belongs to the basis.</param>
    /// <param name="stride">The padded number of dimensions.</param>
    public Basis(float[] axes, int stride)
    {
        _axes = axes;
        Stride = stride;
    }

    /// <summary>Gets the number of components of an axis, in whole steps of <see cref="DotKernel.Step"/>.</summary>
    public int Stride { get; }

    /// <summary>Computes a vector's coordinates on some of the axes.</summary>
    /// <param name="vector">A unit vector of <see cref="Stride"/> components.</param>
    /// <param name="from">The first axis.</param>
    /// <param name="coordinates">Receives the coordinates, a multiple of four.</param>
    public void Project(ReadOnlySpan<float> vector, int from, Span<float> coordinates) =>
        ProjectionKernel.Multiply(_axes.AsSpan(from * Stride, coordinates.Length * Stride), vector, coordinates);
}
