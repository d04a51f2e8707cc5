using System.Numerics.Tensors;

namespace RagCaching.VectorStores.InMemory.Training.Pca;

/// <summary>The few operations on whole rows that training a basis needs.</summary>
internal static class RowMath
{
    /// <summary>Adds a multiple of one row to another.</summary>
    public static void AddScaled(Span<float> row, ReadOnlySpan<float> other, float factor) => TensorPrimitives.MultiplyAdd(other, factor, row, row);

    /// <summary>Computes a dot product in double precision.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => TensorPrimitives.Dot(x, y);

    /// <summary>Adds a multiple of one row to another in double precision.</summary>
    public static void AddScaled(Span<double> row, ReadOnlySpan<double> other, double factor) => TensorPrimitives.MultiplyAdd(other, factor, row, row);
}
