using System.Globalization;
using System.Text.RegularExpressions;

namespace RagCaching.Engines.Tests.Histories.Recording;

/// <summary>The text of an answer says which one it is, and shows when a part of it is missing.</summary>
internal static partial class AnswerText
{
    private const int Pieces = 4;

    /// <summary>Makes the pieces of an answer, as a model streams them.</summary>
    public static IReadOnlyList<string> Make(int number, int length)
    {
        var body = new string((char)('a' + (number % 26)), length);
        var text = string.Create(CultureInfo.InvariantCulture, $"[{number}:{length}:{body}:{number}]");
        var size = (text.Length / Pieces) + 1;
        return [.. Enumerable.Range(0, Pieces).Select(i => text[Math.Min(i * size, text.Length)..Math.Min((i + 1) * size, text.Length)]).Where(piece => piece.Length > 0)];
    }

    /// <summary>Reads the number of an answer.</summary>
    /// <returns>The number, and whether it is whole; <see langword="null"/> for what is no answer at all.</returns>
    public static (int Number, bool IsWhole)? Read(string text)
    {
        var begin = Begin().Match(text);
        if (!begin.Success)
        {
            return null;
        }

        var number = int.Parse(begin.Groups[1].Value, CultureInfo.InvariantCulture);
        var length = int.Parse(begin.Groups[2].Value, CultureInfo.InvariantCulture);
        return (number, text == string.Concat(Make(number, length)));
    }

    [GeneratedRegex(@"^\[(\d+):(\d+):")]
    private static partial Regex Begin();
}
