using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Rows;
using RagCaching.VectorStores.InMemory.Training.Pca;

namespace RagCaching.VectorStores.InMemory.Training;

/// <summary>Trains an encoding on vectors of all partitions.</summary>
/// <remarks>
/// The axes are trained on three quarters of the sample, and the ranges are fitted to all of it: axes suit the vectors that they were
/// trained on better than others, so ranges that were fitted to those alone would leave most others outside.
/// </remarks>
internal static class EncodingTrainer
{
    /// <summary>The largest number of vectors to train on.</summary>
    internal const int LargestSample = 5_460;

    /// <summary>Every fourth vector of the sample is for the ranges only.</summary>
    private const int Parts = 4;

    /// <summary>Trains an encoding.</summary>
    /// <param name="model">For which model and number of dimensions.</param>
    /// <param name="partitions">The partitions; those of others are left out.</param>
    /// <param name="now">The timestamp.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <returns>The encoding, or <see langword="null"/> if too few vectors are left by now.</returns>
    public static SketchEncoding? Train(ModelEncoding model, IEnumerable<PartitionIndex> partitions, long now, CancellationToken cancellationToken)
    {
        var stride = DotKernel.PaddedLength(model.Dimensions);
        var rows = model.Rows;
        var sample = Sample(model, partitions, rows, stride, cancellationToken);
        if (sample.Count < ModelEncoding.FirstTraining / 2)
        {
            return null;
        }

        var forAxes = Concatenated(sample.Where(static (_, index) => index % Parts != 0), stride);
        var basis = PcaTrainer.Train(forAxes, model.Dimensions, stride, model.Layout.Axes, cancellationToken);
        var coordinates = sample.Select(row => Coordinates(basis, row, model.Layout.Axes));
        return new SketchEncoding(basis, model.Layout, Concatenated(coordinates, model.Layout.Axes), rows, now);
    }

    private static float[] Concatenated(IEnumerable<float[]> rows, int stride)
    {
        var all = rows.ToArray();
        var result = new float[all.Length * stride];
        for (var i = 0; i < all.Length; i++)
        {
            all[i].CopyTo(result, i * stride);
        }

        return result;
    }

    private static float[] Coordinates(Basis basis, float[] row, int axes)
    {
        var coordinates = new float[axes];
        basis.Project(row, from: 0, coordinates);
        return coordinates;
    }

    /// <summary>Copies every n-th vector.</summary>
    private static List<float[]> Sample(
        ModelEncoding model, IEnumerable<PartitionIndex> partitions, long rows, int stride, CancellationToken cancellationToken)
    {
        var step = Math.Max(1, (double)rows / LargestSample);
        var sample = new List<float[]>();
        var (seen, next) = (0L, 0.0);
        foreach (var partition in partitions)
        {
            if (!ReferenceEquals(partition.Encoding, model))
            {
                continue;
            }

            foreach (var segment in partition.Segments)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (segment.Stride != stride || segment.Dimensions != model.Dimensions)
                {
                    break;
                }

                // Under the lock rows do not change; a segment takes well below a millisecond.
                lock (partition.Lock)
                {
                    for (var slot = 0; slot < segment.Filled; slot++)
                    {
                        if (segment.EntryAt(slot) is not null && seen++ >= next)
                        {
                            next += step;
                            sample.Add(segment.RowAt(slot).ToArray());
                        }
                    }
                }
            }
        }

        return sample;
    }
}
