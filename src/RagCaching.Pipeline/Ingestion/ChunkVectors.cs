using System.Numerics.Tensors;

namespace RagCaching.Pipeline.Ingestion;

/// <summary>Refuses vectors that cannot be compared: one of them would hide the best chunks, since nothing is more or less than NaN.</summary>
internal static class ChunkVectors
{
    /// <summary>Checks a vector.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="what">What it is the vector of.</param>
    /// <param name="dimensions">How many dimensions the others have; 0 where there is none yet.</param>
    /// <param name="retriever">The name of the retriever.</param>
    /// <exception cref="InvalidOperationException">The vector has no direction, or another number of dimensions.</exception>
    public static void Check(ReadOnlySpan<float> vector, string what, int dimensions, string retriever)
    {
        if (dimensions != 0 && vector.Length != dimensions)
        {
            throw new InvalidOperationException(
                $"The {what} has {vector.Length} dimensions, but the chunks of the retriever '{retriever}' have {dimensions}. Embed all of them with the same model.");
        }

        var squares = TensorPrimitives.SumOfSquares(vector);
        if (!float.IsFinite(squares) || squares <= 0)
        {
            throw new InvalidOperationException(
                $"The vector of the {what} of the retriever '{retriever}' has no direction: its components are {(squares <= 0 ? "all zero" : "not all finite")}.");
        }
    }
}
