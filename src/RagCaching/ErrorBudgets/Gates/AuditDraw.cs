using System.Security.Cryptography;

namespace RagCaching.ErrorBudgets.Gates;

/// <summary>Decides by chance which hits are answered anew all the same, so that it is found out how often they are wrong.</summary>
/// <param name="rate">The share of hits, in [0, 1].</param>
/// <param name="draw">Draws a number in [0, 1); <see langword="null"/> for the system's random numbers.</param>
internal sealed class AuditDraw(double rate, Func<double>? draw)
{
    private readonly Func<double> _draw = draw ?? DrawUnpredictably;

    /// <summary>Decides about one hit. Independent of everything about it.</summary>
    public bool IsDrawn() => rate > 0 && _draw() < rate;

    // Whoever could foresee audits could keep a bad answer from being found out.
    private static double DrawUnpredictably()
    {
        const int Bits = 53;
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return (BitConverter.ToUInt64(bytes) >> (64 - Bits)) / (double)(1L << Bits);
    }
}
