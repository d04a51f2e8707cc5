namespace RagCaching.Guards.Lexical.Text;

/// <summary>Tells how a word is capitalised.</summary>
internal static class CapitalsReader
{
    public static Capitals Read(ReadOnlySpan<char> word)
    {
        var upper = 0;
        var letters = 0;
        foreach (var c in word)
        {
            if (char.IsDigit(c))
            {
                return Capitals.Mixed;
            }

            upper += char.IsUpper(c) ? 1 : 0;
            letters += char.IsLetter(c) ? 1 : 0;
        }

        if (upper == 0)
        {
            return Capitals.None;
        }

        if (letters == 1 || (upper == 1 && char.IsUpper(word[0])))
        {
            return Capitals.Initial;
        }

        if (upper == letters || (word[^1] == 's' && upper == letters - 1))
        {
            return Capitals.All;
        }

        return IsInitialInEachPart(word) ? Capitals.Initial : Capitals.Mixed;
    }

    /// <summary>Gets a bit for each of the first letters that is a capital.</summary>
    public static ushort UpperBits(ReadOnlySpan<char> word)
    {
        var bits = 0;
        for (var i = 0; i < Math.Min(word.Length, 16); i++)
        {
            bits |= char.IsUpper(word[i]) ? 1 << i : 0;
        }

        return (ushort)bits;
    }

    private static bool IsInitialInEachPart(ReadOnlySpan<char> word)
    {
        if (!word.Contains('-'))
        {
            return false;
        }

        var isStart = true;
        foreach (var c in word)
        {
            if (isStart != char.IsUpper(c) && c != '-')
            {
                return false;
            }

            isStart = c == '-';
        }

        return !isStart;
    }
}
