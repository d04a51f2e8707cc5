using System.Buffers;
using System.Globalization;

namespace RagCaching.Semantic.Requests;

/// <summary>Recognises questions about now by words and phrases. Allocates nothing for a question; immutable and thread-safe.</summary>
internal sealed class TimeWords
{
    private const string BuiltInName = "RagCaching.Semantic.Requests.AboutNow.txt";

    private static readonly Lazy<(string[] Phrases, string[] Exceptions)> BuiltIn = new(ReadBuiltIn);

    private readonly SearchValues<string> _any;
    private readonly string[] _phrases;
    private readonly string[] _exceptions;

    /// <summary>Puts the built-in words and further ones together.</summary>
    public TimeWords(IEnumerable<string> phrases, IEnumerable<string> exceptions)
    {
        _phrases = [.. BuiltIn.Value.Phrases.Concat(phrases).SelectMany(Spellings).Distinct(StringComparer.OrdinalIgnoreCase)];
        _exceptions = [.. BuiltIn.Value.Exceptions.Concat(exceptions).SelectMany(Spellings)];
        _any = SearchValues.Create(_phrases, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Tells whether the answer to a question depends on when it is asked.</summary>
    public bool AreIn(string question)
    {
        var start = 0;
        while (question.AsSpan(start).IndexOfAny(_any) is var found and >= 0)
        {
            start += found;
            foreach (var phrase in _phrases)
            {
                if (question.AsSpan(start).StartsWith(phrase, StringComparison.OrdinalIgnoreCase) && IsWhole(question, start, phrase.Length) && !IsException(question, start, phrase.Length))
                {
                    return true;
                }
            }

            start++;
        }

        return false;
    }

    private static (string[] Phrases, string[] Exceptions) ReadBuiltIn()
    {
        using var stream = typeof(TimeWords).Assembly.GetManifestResourceStream(BuiltInName) ?? throw new InvalidOperationException($"The resource {BuiltInName} is missing.");
        using var reader = new StreamReader(stream);
        string[] lines = [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] is not ('#' or '='))];
        return ([.. lines.Where(line => line[0] != '-')], [.. lines.Where(line => line[0] == '-').Select(line => line[1..].Trim())]);
    }

    // Apostrophes are typed in two ways.
    private static string[] Spellings(string phrase) => phrase.Contains('\'', StringComparison.Ordinal) ? [phrase, phrase.Replace('\'', '\u2019')] : [phrase];

    private static bool IsWhole(string question, int start, int length) =>
        (start == 0 || !Continues(question[start - 1], question[start])) && (start + length == question.Length || !Continues(question[start + length], question[start + length - 1]));

    // Between a letter and its neighbour there is a boundary where either belongs to a script without blanks. Korean words carry particles.
    private static bool Continues(char neighbour, char own) => IsOfAWord(neighbour) && !HasNoBlanks(neighbour) && !HasNoBlanks(own);

    private static bool IsOfAWord(char character) =>
        char.IsLetterOrDigit(character) || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool HasNoBlanks(char character) => character is
        (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\u0E00' and <= '\u0EFF') or (>= '\uF900' and <= '\uFAFF');

    private bool IsException(string question, int start, int length)
    {
        foreach (var exception in _exceptions)
        {
            for (var from = Math.Max(0, start + length - exception.Length); from <= start && from + exception.Length <= question.Length; from++)
            {
                if (question.AsSpan(from).StartsWith(exception, StringComparison.OrdinalIgnoreCase) && IsWhole(question, from, exception.Length))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
