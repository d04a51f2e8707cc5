namespace RagCaching.Guards.Lexical.Text;

/// <summary>Finds the short word before an apostrophe in Romance languages: "l'ion", "n'est", "dell'anno".</summary>
internal static class Elisions
{
    private const int LeastRest = 2;

    /// <summary>Gets the length of the short word, or 0.</summary>
    public static int LengthOf(ReadOnlySpan<char> lower)
    {
        var quote = lower.IndexOf('\'');
        if (quote <= 0 || lower.Length - quote - 1 < LeastRest || lower is "aujourd'hui" || lower[(quote + 1)..] is "re" or "ve" or "ll")
        {
            return 0;
        }

        return lower[..quote] is "l" or "d" or "n" or "c" or "j" or "m" or "s" or "t" or "qu" or "jusqu" or "lorsqu" or "puisqu" or "un" or "dell" or "all" or "nell" or "sull"
            or "dall" or "quest" or "quell" or "dov" or "com" ? quote : 0;
    }
}
