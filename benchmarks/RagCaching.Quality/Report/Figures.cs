using System.Globalization;
using RagCaching.Calibration.Statistics;

namespace RagCaching.Quality.Report;

/// <summary>Numbers as they are shown.</summary>
internal static class Figures
{
    // Each side of a 95 % interval.
    private const double OneSided = 0.975;

    public static string Percent(double share, int digits = 1) => double.IsNaN(share) ? "–" : (100 * share).ToString($"F{digits}", CultureInfo.InvariantCulture) + " %";

    public static string Number(double value, int digits = 2) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Shows a share with its 95 % interval by Clopper and Pearson.</summary>
    public static string Share(long count, long trials, int digits = 1) => trials == 0
        ? "–"
        : $"{Percent((double)count / trials, digits)} [{Percent(ClopperPearson.Lower(count, trials, OneSided), digits)}, {Percent(ClopperPearson.Upper(count, trials, OneSided), digits)}]";
}
