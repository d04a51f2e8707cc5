namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>Maps numbers of a range to the codes 0 to 127.</summary>
/// <param name="Offset">What code 0 stands for.</param>
/// <param name="Step">The distance of neighbouring codes.</param>
internal readonly record struct Quantizer(double Offset, double Step)
{
    /// <summary>The largest code: seven bits, so that a code also is a valid signed byte.</summary>
    public const int MaxCode = 127;

    /// <summary>Covers a range.</summary>
    public static Quantizer Over(double lowest, double highest) => new(lowest, Math.Max(highest - lowest, 1e-7) / MaxCode);

    /// <summary>Gets the nearest code; outside of 0 to 127 for a number outside of the range.</summary>
    public int Nearest(double value) => (int)Math.Round((value - Offset) / Step);

    /// <summary>Gets the lowest code that stands for no less than a number.</summary>
    public int NotBelow(double value) => (int)Math.Ceiling((value - Offset) / Step);

    /// <summary>Gets what a code stands for.</summary>
    public double ValueOf(int code) => Offset + (Step * code);
}
