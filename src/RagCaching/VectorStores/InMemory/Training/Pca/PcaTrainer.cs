using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Pruning;

namespace RagCaching.VectorStores.InMemory.Training.Pca;

/// <summary>Finds the axes on which a sample of vectors differs most.</summary>
/// <remarks>
/// <para>
/// The mean direction first; then block subspace iteration on the covariance of what is left, never formed as a matrix, and a Rayleigh–Ritz
/// step that puts the axes in order. The start is a fixed seed, so equal samples give equal bases. The result need not be accurate: every
/// bound that is computed from it holds for any orthonormal axes, only how much it prunes depends on them.
/// </para>
/// <para>
/// Source: Halko, Martinsson and Tropp, "Finding Structure with Randomness", SIAM Review 53 (2011), §5. About
/// <c>2 · rounds · n · d · axes</c> multiplications: a second of one core for 4,096 vectors of 768 dimensions.
/// </para>
/// </remarks>
internal static class PcaTrainer
{
    private const int Rounds = 6;

    /// <summary>How many axes more than are wanted take part, which makes the last of those wanted converge.</summary>
    private const int Oversampling = 8;

    private const int Seed = 20_480;

    /// <summary>Trains a basis.</summary>
    /// <param name="sample">Unit vectors, each <paramref name="stride"/> components long.</param>
    /// <param name="dimensions">How many components of each are not padding.</param>
    /// <param name="stride">The padded number of dimensions.</param>
    /// <param name="axes">How many axes are wanted, a multiple of four.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <exception cref="OperationCanceledException">The training was stopped.</exception>
    public static Basis Train(float[] sample, int dimensions, int stride, int axes, CancellationToken cancellationToken)
    {
        var result = new float[axes * stride];
        var mean = MeanDirection(sample, stride);
        mean.CopyTo(result, 0);
        var rest = WithoutDirection(sample, stride, mean);

        var wanted = Math.Min(axes, dimensions) - 1;
        var block = SubspaceBlock.Random(Math.Min(wanted + Oversampling, dimensions - 1), dimensions, stride, Seed);
        block.Orthonormalise(mean);
        for (var round = 0; round < Rounds; round++)
        {
            block = block.TimesCovariance(rest, cancellationToken);
            block.Orthonormalise(mean);
        }

        block.OrderByVariance(rest, cancellationToken);
        block.Orthonormalise(mean);
        block.CopyTo(result.AsSpan(stride, wanted * stride));
        return new Basis(result, stride);
    }

    private static float[] MeanDirection(float[] sample, int stride)
    {
        var sum = new double[stride];
        for (var i = 0; i < sample.Length; i += stride)
        {
            for (var j = 0; j < stride; j++)
            {
                sum[j] += sample[i + j];
            }
        }

        var norm = Math.Sqrt(sum.Sum(static component => component * component));
        var direction = new float[stride];

        // Vectors that cancel out have no mean direction; any will do then.
        if (norm < 1e-6)
        {
            direction[0] = 1;
            return direction;
        }

        for (var j = 0; j < stride; j++)
        {
            direction[j] = (float)(sum[j] / norm);
        }

        return direction;
    }

    private static float[] WithoutDirection(float[] sample, int stride, float[] direction)
    {
        var rest = sample.ToArray();
        for (var i = 0; i < rest.Length; i += stride)
        {
            var row = rest.AsSpan(i, stride);
            RowMath.AddScaled(row, direction, -DotKernel.Dot(row, direction));
        }

        return rest;
    }
}
