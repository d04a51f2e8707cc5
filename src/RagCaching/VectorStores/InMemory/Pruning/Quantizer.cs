namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>Maps numbers of a range to codes.</summary>
/// <param name="Offset">What code 0 stands for.</param>
/// <param name="Step">The distance of neighbouring codes.</param>
/// <param name="MaxCode">The largest code.</param>
internal readonly record struct Quantizer(double Offset, double Step, int MaxCode)
{
    /// <summary>The largest code of seven bits: such a code also is a valid signed byte.</summary>
    public const int SevenBits = 127;

    /// <summary>The largest code of half a byte.</summary>
    public const int FourBits = 15;

    /// <summary>The largest code of a byte.</summary>
    public const int EightBits = 255;

    /// <summary>Covers a range.</summary>
    public static Quantizer Over(double lowest, double highest, int maxCode) => new(lowest, Math.Max(highest - lowest, 1e-7) / maxCode, maxCode);

    /// <summary>Gets the nearest code; outside of the codes for a number outside of the range.</summary>
    public int Nearest(double value) => (int)Math.Round((value - Offset) / Step);

    /// <summary>Gets the nearest code that there is.</summary>
    public int Clamped(double value) => Math.Clamp(Nearest(value), 0, MaxCode);

    /// <summary>Gets the lowest code that stands for no less than a number.</summary>
    public int NotBelow(double value) => (int)Math.Ceiling((value - Offset) / Step);

    /// <summary>Gets what a code stands for.</summary>
    public double ValueOf(int code) => Offset + (Step * code);
}
