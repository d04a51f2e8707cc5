namespace RagCaching.Internal.Text;

/// <summary>Finds the name that somebody most likely meant.</summary>
internal static class NearestName
{
    private const int LongestName = 128;

    /// <summary>Finds the name with the fewest changes of letters: one more, one less, another one, or two exchanged. Case makes no difference.</summary>
    /// <returns><see langword="null"/> where more than a third of the letters would have to change.</returns>
    public static string? Of(string name, IEnumerable<string> names)
    {
        if (name.Length > LongestName)
        {
            return null;
        }

        var (nearest, least) = ((string?)null, Math.Max(1, name.Length / 3) + 1);
        foreach (var candidate in names)
        {
            if (candidate.Length <= LongestName && Distance(name, candidate) is var distance && distance < least)
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>Asks whether the nearest name was meant.</summary>
    /// <returns>A sentence that begins with a blank; empty where no name is near.</returns>
    public static string Hint(string name, IEnumerable<string> names) => Of(name, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    private static int Distance(string first, string second)
    {
        // Rows of the table of distances between beginnings: the one before the last, the last, and the current one.
        var (before, last, row) = (new int[second.Length + 1], new int[second.Length + 1], new int[second.Length + 1]);
        for (var j = 0; j <= second.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= first.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= second.Length; j++)
            {
                var change = AreSame(first[i - 1], second[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && AreSame(first[i - 1], second[j - 2]) && AreSame(first[i - 2], second[j - 1]))
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[second.Length];
    }

    private static bool AreSame(char first, char second) => char.ToUpperInvariant(first) == char.ToUpperInvariant(second);
}
