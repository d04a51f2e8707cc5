using Microsoft.Extensions.AI;
using RagCaching.Internal.Text;

namespace RagCaching.Comparers;

/// <summary>Compares texts without regard to case, encoding, punctuation and blanks: right for labels, names, numbers and other short answers.</summary>
internal sealed class ShortAnswerComparer : IAnswerComparer
{
    // Longer texts that differ may still say the same.
    private const int ShortLength = 80;

    public ValueTask<AnswerComparison> CompareAsync(string question, ChatResponse fresh, ChatResponse cached, CancellationToken cancellationToken = default) =>
        new(Compare(fresh.Text, cached.Text));

    internal static AnswerComparison Compare(string fresh, string cached)
    {
        var (a, b) = (PlainWords.Write(fresh, IsPart), PlainWords.Write(cached, IsPart));
        return a.Length == 0 || b.Length == 0 ? AnswerComparison.Unknown
            : a == b ? AnswerComparison.Same
            : a.Length <= ShortLength && b.Length <= ShortLength ? AnswerComparison.Different
            : AnswerComparison.Unknown;
    }

    // A point or comma between digits, a minus before one, and every sign that is no punctuation make another value.
    private static bool IsPart(ReadOnlySpan<char> text, int index)
    {
        var character = text[index];
        var beforeDigit = index + 1 < text.Length && char.IsDigit(text[index + 1]);
        return character switch
        {
            '.' or ',' or ':' => beforeDigit && index > 0 && char.IsDigit(text[index - 1]),
            '-' => beforeDigit,
            '#' or '%' or '&' or '@' or '/' or '\\' or '*' => true,
            _ => !char.IsWhiteSpace(character) && !char.IsPunctuation(character),
        };
    }
}
