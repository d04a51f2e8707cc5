using System.Globalization;

namespace RagCaching.Engines.Tests.Histories.Plans;

/// <summary>Names of scopes that are made to be taken for each other, for commands, or for the end of a text.</summary>
internal static class Names
{
    private const int LongName = 5_000;

    private static readonly string[] Hostile =
    [
        "a", "aa", "aaa", "a/b", "a:b", "1:a", " a", "a ", "A", "\0", "a\0", "a\0b", "\ud800", "\udc00", "a\ud800", "\ud83d\ude00", "\ud83d", "\n", "a\nb", "a\r\nb", "\t",
        "'", "\"", "'; DROP TABLE entries; --", "\\", "`", "$1", "%", "_", "*", "?", "[a-z]*", "{a}", "}{", "ragcaching:{a}", "\u00e9", "e\u0301", "\u0430", "\uff41", "\u200ba", "a\u200b", "\u202ea",
        "\ufeffa", "\u00df", "ss", "I", "\u0131", "\u0130", "null", "-1", "0", "00", "1e0", "true", new string('x', LongName), new string('x', LongName - 1), new string('x', LongName - 1) + "y",
    ];

    /// <summary>Gets how many names there are that differ in nothing else but what is hostile about them.</summary>
    public static int Count => Hostile.Length;

    /// <summary>Gets a scope; different numbers are different scopes.</summary>
    public static CacheScope Scope(int number)
    {
        var name = Hostile[number % Hostile.Length];
        var round = number / Hostile.Length;
        if (round == 0)
        {
            return string.IsNullOrWhiteSpace(name) ? CacheScope.For($"{name}.") : CacheScope.For(name);
        }

        // The same letters, parted in another way, are another scope.
        var rest = round.ToString(CultureInfo.InvariantCulture);
        return round % 2 == 0 ? CacheScope.For(name + rest) : CacheScope.For($"{name}.", rest);
    }

    /// <summary>Gets a hostile text.</summary>
    public static string Text(int number) => Hostile[number % Hostile.Length];
}
