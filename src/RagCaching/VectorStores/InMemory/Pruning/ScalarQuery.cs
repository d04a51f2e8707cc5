using System.Runtime.CompilerServices;
namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>A query as integer weights for <see cref="ScalarCodes"/>.</summary>
/// <remarks>
/// Weights are -63 to 63, so that two products with codes of 8 bits fit 16 bits. With <c>q = S·v + δ</c> the similarity is at most
/// <c>S·s·(⟨v,c⟩ − 128·Σv) + (1 + |δ|)·|e| + |δ|</c>. A scratch object, like <see cref="SketchQuery"/>.
/// </remarks>
internal sealed class ScalarQuery
{
    private const float LargestWeight = 63;
    private const int MiddleCode = 128;
    private const float Rounding = 4e-5f;

    private sbyte[] _weights = [];
    private int _length;
    private float _scale;
    private float _error;
    private int _middleSum;

    public ReadOnlySpan<sbyte> Weights => _weights.AsSpan(0, _length);

    /// <summary>Forgets the query.</summary>
    public void Clear()
    {
        Array.Clear(_weights, 0, _length);
        _length = 0;
    }

    /// <summary>Computes the weights, unless they are there already.</summary>
    /// <param name="unit">The query, a padded unit vector; the same one until <see cref="Clear"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Prepare(ReadOnlySpan<float> unit)
    {
        if (_length == unit.Length)
        {
            return;
        }

        if (_weights.Length < unit.Length)
        {
            _weights = new sbyte[unit.Length];
        }

        _length = unit.Length;
        var largest = 0f;
        foreach (var component in unit)
        {
            largest = Math.Max(largest, Math.Abs(component));
        }

        _scale = largest / LargestWeight;
        var (sum, squares) = (0, 0.0);
        for (var i = 0; i < unit.Length; i++)
        {
            var weight = (int)MathF.Round(unit[i] / _scale);
            var difference = unit[i] - ((double)_scale * weight);
            squares += difference * difference;
            sum += weight;
            _weights[i] = (sbyte)weight;
        }

        _error = (float)(Math.Sqrt(squares) * 1.00001);
        _middleSum = sum * MiddleCode;
    }

    /// <summary>Computes the similarity that a row cannot exceed.</summary>
    public float Upper(int sum, float step, float error) =>
        (_scale * step * (sum - _middleSum)) + (error * (1 + _error)) + _error + Rounding;
}
