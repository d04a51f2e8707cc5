using System.Numerics.Tensors;

namespace RagCaching.ErrorBudgets;

/// <summary>Copies of vectors at length 1.</summary>
internal static class UnitVectors
{
    public static float[] Of(ReadOnlySpan<float> vector)
    {
        var unit = vector.ToArray();
        TensorPrimitives.Divide(unit, TensorPrimitives.Norm(vector), unit);
        return unit;
    }
}
