using System.Numerics.Tensors;

namespace RagCaching.Tests.VectorStores.InMemory.Pruning;

/// <summary>Vectors with the structure that sketches exploit: a common mean, topics and a falling spectrum, all seeded.</summary>
internal sealed class VectorSource
{
    private readonly Random _random;
    private readonly float[] _mean;
    private readonly float[][] _topics;
    private readonly int _dimensions;
    private readonly double _decay;

    /// <param name="dimensions">The number of dimensions.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="decay">How fast the spectrum falls; 0 for no structure.</param>
    public VectorSource(int dimensions, int seed, double decay = 0.5)
    {
        _random = new Random(seed);
        _dimensions = dimensions;
        _decay = decay;
        _mean = Gaussian(decay: 0);
        _topics = [.. Enumerable.Range(0, 20).Select(_ => Gaussian(decay))];
    }

    public float[] Next()
    {
        var vector = Gaussian(_decay);
        if (_decay > 0)
        {
            TensorPrimitives.MultiplyAdd(_topics[_random.Next(_topics.Length)], 0.8f, vector, vector);
            TensorPrimitives.MultiplyAdd(_mean, 0.5f * TensorPrimitives.Norm<float>(vector) / TensorPrimitives.Norm<float>(_mean), vector, vector);
        }

        return Normalised(vector);
    }

    public float[] Near(float[] vector, double cosine)
    {
        var other = Gaussian(_decay);
        TensorPrimitives.MultiplyAdd(vector, -TensorPrimitives.Dot<float>(vector, other), other, other);
        if (TensorPrimitives.Norm<float>(other) < 1e-3)
        {
            return vector;
        }

        Normalised(other);
        TensorPrimitives.Multiply(other, (float)Math.Sqrt(Math.Max(0, 1 - (cosine * cosine))), other);
        TensorPrimitives.MultiplyAdd(vector, (float)cosine, other, other);
        return Normalised(other);
    }

    private static float[] Normalised(float[] vector)
    {
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    private float[] Gaussian(double decay)
    {
        var vector = new float[_dimensions];
        for (var i = 0; i < vector.Length; i++)
        {
            var gaussian = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
            vector[i] = (float)(gaussian * Math.Pow(i + 4, -decay));
        }

        return vector;
    }
}
