namespace RagCaching.Guards.Lexical.Text;

/// <summary>Tells an identifier, such as that of a video, from a name with capitals inside: its letters and digits change all the time.</summary>
internal static class Identifiers
{
    private const int LeastLength = 6;
    private const int LeastRuns = 5;
    private const double LongestMeanRun = 1.5;

    public static bool IsOne(ReadOnlySpan<char> cased)
    {
        if (cased.Length < LeastLength)
        {
            return false;
        }

        var runs = 0;
        var last = -1;
        var kinds = 0;
        foreach (var c in cased)
        {
            if (!char.IsLetterOrDigit(c))
            {
                return false;
            }

            var kind = char.IsUpper(c) ? 0 : char.IsLower(c) ? 1 : 2;
            runs += kind == last ? 0 : 1;
            kinds |= 1 << kind;
            last = kind;
        }

        return (kinds & 3) == 3 && runs >= LeastRuns && cased.Length <= LongestMeanRun * runs;
    }
}
