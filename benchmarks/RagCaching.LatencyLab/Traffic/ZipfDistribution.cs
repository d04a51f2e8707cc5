namespace RagCaching.LatencyLab.Traffic;

/// <summary>Draws ranks of which the k-th is 1/k as likely as the first, as questions of a help desk roughly are.</summary>
internal sealed class ZipfDistribution
{
    private readonly double[] _cumulative;

    public ZipfDistribution(int count, double exponent = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);

        _cumulative = new double[count];
        var sum = 0d;
        for (var rank = 0; rank < count; rank++)
        {
            sum += 1 / Math.Pow(rank + 1, exponent);
            _cumulative[rank] = sum;
        }
    }

    /// <summary>Draws a rank, counted from zero.</summary>
    public int Next(Random random)
    {
        var index = Array.BinarySearch(_cumulative, random.NextDouble() * _cumulative[^1]);
        return Math.Min(index < 0 ? ~index : index + 1, _cumulative.Length - 1);
    }
}
