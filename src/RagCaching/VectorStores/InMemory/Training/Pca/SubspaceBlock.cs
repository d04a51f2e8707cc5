using System.Numerics.Tensors;
using RagCaching.VectorStores.InMemory.Kernels;

namespace RagCaching.VectorStores.InMemory.Training.Pca;

/// <summary>Directions that are being turned towards the principal axes of a sample.</summary>
internal sealed class SubspaceBlock
{
    /// <summary>Below this norm what is left of a direction is rounding noise.</summary>
    private const double SmallestNorm = 1e-9;

    private readonly float[] _axes;
    private readonly int _count;
    private readonly int _stride;

    private SubspaceBlock(int count, int stride)
    {
        _axes = new float[count * stride];
        _count = count;
        _stride = stride;
    }

    /// <summary>Makes directions at random.</summary>
    /// <param name="count">How many.</param>
    /// <param name="dimensions">How many components are not padding.</param>
    /// <param name="stride">The length of a row.</param>
    /// <param name="seed">The seed.</param>
    public static SubspaceBlock Random(int count, int dimensions, int stride, int seed)
    {
        var random = new Random(seed);
        var block = new SubspaceBlock(count, stride);
        for (var axis = 0; axis < count; axis++)
        {
            foreach (ref var component in block.Axis(axis)[..dimensions])
            {
                component = random.NextSingle() - 0.5f;
            }
        }

        return block;
    }

    public void CopyTo(Span<float> destination) => _axes.AsSpan(0, destination.Length).CopyTo(destination);

    /// <summary>Multiplies every direction with the covariance of a sample: <c>Xᵀ(X·v)</c>.</summary>
    public SubspaceBlock TimesCovariance(float[] sample, CancellationToken cancellationToken)
    {
        var product = new SubspaceBlock(_count, _stride);
        for (var i = 0; i < sample.Length; i += _stride)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = sample.AsSpan(i, _stride);
            for (var axis = 0; axis < _count; axis++)
            {
                RowMath.AddScaled(product.Axis(axis), row, DotKernel.Dot(row, Axis(axis)));
            }
        }

        return product;
    }

    /// <summary>Makes the directions orthonormal, also to a direction outside of the block; one that depends on others becomes zero.</summary>
    public void Orthonormalise(ReadOnlySpan<float> outside)
    {
        // In double precision and twice over, after which nothing of the first pass's error is left (Giraud, Langou and Rozložník, 2005).
        var rows = new double[_count + 1][];
        rows[0] = ToDouble(outside);
        for (var axis = 0; axis < _count; axis++)
        {
            var row = rows[axis + 1] = ToDouble(Axis(axis));
            Normalise(row);
            for (var pass = 0; pass < 2; pass++)
            {
                foreach (var earlier in rows.AsSpan(0, axis + 1))
                {
                    RowMath.AddScaled(row, earlier, -RowMath.Dot(row, earlier));
                }

                Normalise(row);
            }

            TensorPrimitives.ConvertTruncating<double, float>(row, Axis(axis));
        }
    }

    /// <summary>Turns the directions within the space they span so that each next one has the largest variance that is left.</summary>
    public void OrderByVariance(float[] sample, CancellationToken cancellationToken)
    {
        var rotation = SymmetricMatrix.EigenvectorsByDescendingValue(Covariance(sample, cancellationToken), _count);
        var turned = new SubspaceBlock(_count, _stride);
        for (var axis = 0; axis < _count; axis++)
        {
            for (var other = 0; other < _count; other++)
            {
                RowMath.AddScaled(turned.Axis(axis), Axis(other), (float)rotation[(axis * _count) + other]);
            }
        }

        turned._axes.CopyTo(_axes, 0);
    }

    private static void Normalise(double[] row)
    {
        var norm = Math.Sqrt(RowMath.Dot(row, row));
        if (norm < SmallestNorm)
        {
            Array.Clear(row);
            return;
        }

        TensorPrimitives.Divide(row, norm, row);
    }

    private static double[] ToDouble(ReadOnlySpan<float> row)
    {
        var result = new double[row.Length];
        TensorPrimitives.ConvertTruncating(row, result);
        return result;
    }

    private double[] Covariance(float[] sample, CancellationToken cancellationToken)
    {
        var covariance = new double[_count * _count];
        var coordinates = new double[_count];
        for (var i = 0; i < sample.Length; i += _stride)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var axis = 0; axis < _count; axis++)
            {
                coordinates[axis] = DotKernel.Dot(sample.AsSpan(i, _stride), Axis(axis));
            }

            for (var axis = 0; axis < _count; axis++)
            {
                RowMath.AddScaled(covariance.AsSpan(axis * _count, _count), coordinates, coordinates[axis]);
            }
        }

        return covariance;
    }

    private Span<float> Axis(int index) => _axes.AsSpan(index * _stride, _stride);
}
