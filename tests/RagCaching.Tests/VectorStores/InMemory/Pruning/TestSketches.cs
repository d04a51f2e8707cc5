using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Training.Pca;

namespace RagCaching.Tests.VectorStores.InMemory.Pruning;

/// <summary>Makes sketches without a store.</summary>
internal static class TestSketches
{
    /// <summary>Codes of vectors under axes and ranges that were fitted to others.</summary>
    public static (SegmentSketches Sketches, float[][] Rows) OfOtherData(int dimensions, int count) =>
        Of(Encoding(dimensions, count), new AdversarialData(dimensions, count, seed: 2).Vectors.Select(vector => AdversarialData.Unit(vector!)));

    /// <summary>Codes of vectors under axes and ranges that were fitted to vectors like them.</summary>
    public static (SegmentSketches Sketches, float[][] Rows) OfSameData(int dimensions, int count)
    {
        var source = new VectorSource(dimensions, seed: 1);
        return Of(Encoding(dimensions, count), Enumerable.Range(0, count).Select(_ => AdversarialData.Unit(source.Next())));
    }

    /// <summary>An encoding fitted to a sample.</summary>
    /// <param name="dimensions">The number of dimensions.</param>
    /// <param name="rows">The number of vectors that it says it was trained on; the sample has four times as many.</param>
    public static SketchEncoding Encoding(int dimensions, int rows)
    {
        var source = new VectorSource(dimensions, seed: 1);
        var sample = Enumerable.Range(0, 4 * rows).Select(_ => AdversarialData.Unit(source.Next())).ToArray();
        var layout = new SketchLayout(dimensions);
        var forAxes = sample.Where((_, index) => index % 4 != 0).SelectMany(row => row);
        var basis = PcaTrainer.Train([.. forAxes], dimensions, DotKernel.PaddedLength(dimensions), layout.Axes, CancellationToken.None);
        var coordinates = sample.SelectMany(row =>
        {
            var result = new float[layout.Axes];
            basis.Project(row, from: 0, result);
            return result;
        });
        return new SketchEncoding(basis, layout, [.. coordinates], rows, trainedAt: 0);
    }

    private static (SegmentSketches Sketches, float[][] Rows) Of(SketchEncoding encoding, IEnumerable<float[]> vectors)
    {
        var rows = vectors.ToArray();
        var count = rows.Length;
        var sketches = new SegmentSketches(encoding, count);
        var codes = new SketchCodes();
        for (var slot = 0; slot < count; slot++)
        {
            encoding.Encode(rows[slot], codes);
            sketches.Write(slot, codes);
        }

        return (sketches, rows);
    }
}
