namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>The coordinates of sample vectors that ranges are fitted to.</summary>
/// <param name="coordinates">The coordinates, <paramref name="axes"/> for each vector.</param>
/// <param name="axes">The number of axes.</param>
internal readonly ref struct CodeSample(ReadOnlySpan<float> coordinates, int axes)
{
    private readonly ReadOnlySpan<float> _coordinates = coordinates;

    public int Count => _coordinates.Length / axes;

    /// <summary>Gets the coordinates of a vector.</summary>
    public ReadOnlySpan<float> this[int vector] => _coordinates.Slice(vector * axes, axes);

    /// <summary>Describes the coordinates on an axis.</summary>
    public AxisSpread SpreadOf(int axis)
    {
        double sum = 0, squares = 0, lowest = double.MaxValue, highest = double.MinValue;
        for (var i = axis; i < _coordinates.Length; i += axes)
        {
            double value = _coordinates[i];
            sum += value;
            squares += value * value;
            lowest = Math.Min(lowest, value);
            highest = Math.Max(highest, value);
        }

        var mean = sum / Count;
        return new AxisSpread(mean, Math.Sqrt(Math.Max(0, (squares / Count) - (mean * mean))), lowest, highest);
    }

    /// <summary>Computes the norms of what the first axes do not cover of each vector.</summary>
    /// <param name="covered">How many axes.</param>
    public double[] Tails(int covered)
    {
        var tails = new double[Count];
        for (var i = 0; i < tails.Length; i++)
        {
            var squares = 0.0;
            foreach (double value in this[i][..covered])
            {
                squares += value * value;
            }

            tails[i] = SketchEncoding.TailOf(squares);
        }

        return tails;
    }
}
