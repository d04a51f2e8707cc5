using System.Numerics.Tensors;

namespace RagCaching.Benchmarks.VectorStores;

/// <summary>Makes unit vectors with the statistics of a model's embeddings.</summary>
/// <remarks>
/// A vector is <c>√m·mean + √(1−m)·(√b·topic + √(1−b)·noise)</c> with a power-law spectrum, brought to unit norm and rotated so that no axis is
/// privileged: twice a random sign and a Hadamard transform, with a random permutation in between. Seeded; not thread-safe.
/// </remarks>
internal sealed class EmbeddingLikeData
{
    private const int TableSize = 1 << 22;
    private const double SpectrumShift = 4;
    private const double TopicDecay = 0.8;

    private readonly DataProfile _profile;
    private readonly Random _random;
    private readonly float[] _gaussians = new float[TableSize];
    private readonly float[] _deviations;
    private readonly float[][] _topics;
    private readonly double[] _topicShares;
    private readonly float[][] _signs;
    private readonly int[] _permutation;
    private readonly float[] _swap;
    private readonly int _block;

    public EmbeddingLikeData(DataProfile profile, int dimensions, int seed)
    {
        _profile = profile;
        _random = new Random(seed);
        Dimensions = dimensions;
        for (var i = 0; i < TableSize; i += 2)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
            var (sine, cosine) = Math.SinCos(2 * Math.PI * _random.NextDouble());
            (_gaussians[i], _gaussians[i + 1]) = ((float)(radius * sine), (float)(radius * cosine));
        }

        var spectrum = Enumerable.Range(0, dimensions).Select(i => Math.Pow(i + SpectrumShift, -profile.Decay)).ToArray();
        _deviations = [.. spectrum.Select(variance => (float)Math.Sqrt(variance / spectrum.Sum()))];
        _topics = [.. Enumerable.Range(0, profile.Topics).Select(_ => Noise())];
        _topicShares = [.. Enumerable.Range(1, profile.Topics).Select(rank => Math.Pow(rank, -TopicDecay))];
        for (var i = 1; i < _topicShares.Length; i++)
        {
            _topicShares[i] += _topicShares[i - 1];
        }

        _signs = [Signs(), Signs()];
        _permutation = [.. Enumerable.Range(0, dimensions)];
        _random.Shuffle(_permutation);
        _swap = new float[dimensions];
        _block = dimensions & -dimensions;
    }

    public int Dimensions { get; }

    /// <summary>Makes a vector.</summary>
    public float[] Next()
    {
        var vector = Noise();
        TensorPrimitives.Multiply(vector, (float)Math.Sqrt((1 - _profile.MeanCosine) * (1 - _profile.TopicShare)), vector);
        var place = Array.BinarySearch(_topicShares, _random.NextDouble() * _topicShares[^1]);
        var topic = _topics[Math.Min(place < 0 ? ~place : place, _topics.Length - 1)];
        TensorPrimitives.MultiplyAdd(topic, (float)Math.Sqrt((1 - _profile.MeanCosine) * _profile.TopicShare), vector, vector);
        if (_profile.MeanCosine > 0)
        {
            vector[0] = (float)Math.Sqrt(_profile.MeanCosine);
        }

        Rotate(vector);
        return Normalised(vector);
    }

    /// <summary>Makes a vector at a cosine from another one, away from it as vectors of the same kind differ.</summary>
    public float[] Near(float[] vector, double cosine)
    {
        var other = Noise();
        other[0] = 0;
        Rotate(other);
        TensorPrimitives.MultiplyAdd(vector, -TensorPrimitives.Dot(vector, other), other, other);
        Normalised(other);
        TensorPrimitives.Multiply(other, (float)Math.Sqrt(1 - (cosine * cosine)), other);
        TensorPrimitives.MultiplyAdd(vector, (float)cosine, other, other);
        return Normalised(other);
    }

    private static float[] Normalised(float[] vector)
    {
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }

    private float[] Noise()
    {
        // Two stretches of one table, added, are as good as new numbers for this purpose and far cheaper.
        var noise = new float[Dimensions];
        var first = _gaussians.AsSpan(_random.Next(TableSize - Dimensions), Dimensions);
        var second = _gaussians.AsSpan(_random.Next(TableSize - Dimensions), Dimensions);
        if (_random.Next(2) == 0)
        {
            TensorPrimitives.Add(first, second, noise);
        }
        else
        {
            TensorPrimitives.Subtract(first, second, noise);
        }

        TensorPrimitives.Multiply(noise, (float)Math.Sqrt(0.5), noise);
        TensorPrimitives.Multiply(noise, _deviations, noise);
        return noise;
    }

    private float[] Signs() => [.. Enumerable.Range(0, Dimensions).Select(_ => (_random.Next(2) * 2f) - 1)];

    private void Rotate(float[] vector)
    {
        TensorPrimitives.Multiply(vector, _signs[0], vector);
        Hadamard(vector);
        for (var i = 0; i < vector.Length; i++)
        {
            _swap[i] = vector[_permutation[i]];
        }

        TensorPrimitives.Multiply(_swap, _signs[1], vector);
        Hadamard(vector);
    }

    private void Hadamard(float[] vector)
    {
        for (var start = 0; start < vector.Length; start += _block)
        {
            for (var half = 1; half < _block; half *= 2)
            {
                for (var i = start; i < start + _block; i += 2 * half)
                {
                    for (var j = i; j < i + half; j++)
                    {
                        (vector[j], vector[j + half]) = (vector[j] + vector[j + half], vector[j] - vector[j + half]);
                    }
                }
            }
        }

        TensorPrimitives.Multiply(vector, (float)(1 / Math.Sqrt(_block)), vector);
    }
}
