using System.Text;
using Microsoft.Extensions.AI;

namespace RagCaching.Comparers;

/// <summary>Compares texts without regard to case, punctuation and blanks: right for labels, names, numbers and other short answers.</summary>
internal sealed class ShortAnswerComparer : IAnswerComparer
{
    // Longer texts that differ may still say the same.
    private const int ShortLength = 80;

    public ValueTask<AnswerComparison> CompareAsync(string question, ChatResponse fresh, ChatResponse cached, CancellationToken cancellationToken = default) =>
        new(Compare(fresh.Text, cached.Text));

    internal static AnswerComparison Compare(string fresh, string cached)
    {
        var (a, b) = (Normalize(fresh), Normalize(cached));
        return a.Length == 0 || b.Length == 0 ? AnswerComparison.Unknown
            : a == b ? AnswerComparison.Same
            : a.Length <= ShortLength && b.Length <= ShortLength ? AnswerComparison.Different
            : AnswerComparison.Unknown;
    }

    private static string Normalize(string text)
    {
        var normal = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (IsPart(text, i))
            {
                normal.Append(char.ToLowerInvariant(text[i]));
            }
            else if (normal.Length > 0 && normal[^1] != ' ')
            {
                normal.Append(' ');
            }
        }

        return normal.ToString().TrimEnd();
    }

    // A point or comma between digits, a minus before one, and every sign that is no punctuation make another value.
    private static bool IsPart(string text, int index)
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
