using System.Numerics.Tensors;

namespace RagCaching.Onnx.Running;

/// <summary>Makes one vector of the output of a model.</summary>
/// <remarks>Source of the mean over the mask: N. Reimers and I. Gurevych, Sentence-BERT, arXiv:1908.10084.</remarks>
internal static class Pool
{
    /// <summary>Pools the output for one text.</summary>
    /// <param name="vector">Receives the vector.</param>
    /// <param name="output">The output for the text: the vector itself, or one vector for each place, padding last.</param>
    /// <param name="tokens">How many places are no padding; at least 1.</param>
    /// <param name="pooling">How to pool.</param>
    public static void Into(Span<float> vector, ReadOnlySpan<float> output, int tokens, OnnxPooling pooling)
    {
        output[..vector.Length].CopyTo(vector);
        if (pooling == OnnxPooling.Mean)
        {
            for (var token = 1; token < tokens; token++)
            {
                TensorPrimitives.Add(vector, output.Slice(token * vector.Length, vector.Length), vector);
            }

            TensorPrimitives.Divide(vector, tokens, vector);
        }
    }

    /// <summary>Checks a vector and scales it.</summary>
    /// <returns>Whether it has a direction: its norm is a finite number above zero.</returns>
    public static bool Finish(Span<float> vector, bool normalize)
    {
        var norm = TensorPrimitives.Norm<float>(vector);
        if (!float.IsFinite(norm) || norm == 0)
        {
            return false;
        }

        if (normalize)
        {
            TensorPrimitives.Divide(vector, norm, vector);
        }

        return true;
    }
}
