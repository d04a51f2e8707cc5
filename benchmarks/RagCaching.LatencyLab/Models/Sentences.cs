using System.Text.RegularExpressions;

namespace RagCaching.LatencyLab.Models;

/// <summary>Splits Markdown into sentences that can be read aloud: without code, table frames, emphasis and the addresses of links.</summary>
internal static partial class Sentences
{
    private const int ShortestSentence = 20;

    public static List<string> Of(string markdown)
    {
        var sentences = new List<string>();
        var paragraph = new List<string>();
        var lines = markdown.ReplaceLineEndings("\n").Split('\n').Select(raw => raw.Trim()).ToList();
        var isCode = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var isFence = line.StartsWith("```", StringComparison.Ordinal);
            isCode ^= isFence;
            var isRow = line.StartsWith('|');
            if (isCode || isFence || line.Length == 0 || isRow || line[0] is '#' or '[' || IsItem(line))
            {
                AddSentences(sentences, paragraph);
            }

            if (isCode || isFence || line.Length == 0 || line[0] is '#' or '[')
            {
                continue;
            }

            if (isRow)
            {
                // The row above a frame names the columns.
                if (!IsFrame(line) && !(i + 1 < lines.Count && IsFrame(lines[i + 1])))
                {
                    paragraph.Add(Row(line));
                }

                AddSentences(sentences, paragraph);
                continue;
            }

            paragraph.Add(Item().Replace(line, ""));
        }

        AddSentences(sentences, paragraph);
        return sentences;
    }

    private static bool IsFrame(string line) => line.StartsWith('|') && line.Contains("--", StringComparison.Ordinal) && line.All(character => character is '|' or '-' or ':' or ' ');

    private static bool IsItem(string line) => Item().IsMatch(line);

    /// <summary>Reads a row as "name: this, that."</summary>
    private static string Row(string line)
    {
        var cells = line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (cells.Length == 0)
        {
            return "";
        }

        var rest = string.Join(", ", cells[1..]);
        var row = rest.Length == 0 ? cells[0] : $"{cells[0]}: {rest}";
        return row[^1] is '.' or '?' or '!' ? row : row + '.';
    }

    private static void AddSentences(List<string> sentences, List<string> paragraph)
    {
        var text = Plain(string.Join(' ', paragraph));
        paragraph.Clear();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var ends = i == text.Length - 1 || (text[i] is '.' or '?' or '!' && text[i + 1] == ' ' && !IsAbbreviation(text, i));
            if (!ends)
            {
                continue;
            }

            // What ends with a colon announces code or a list, which are not quoted.
            var sentence = text[start..(i + 1)].Trim();
            if (sentence.Length >= ShortestSentence && sentence[^1] != ':')
            {
                sentences.Add(sentence);
            }

            start = i + 1;
        }
    }

    private static bool IsAbbreviation(string text, int dot) => text[..(dot + 1)].EndsWith("e.g.", StringComparison.Ordinal) || text[..(dot + 1)].EndsWith("i.e.", StringComparison.Ordinal);

    private static string Plain(string text) => Link().Replace(text, "$1").Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);

    [GeneratedRegex(@"!?\[([^\]]*)\]\([^)]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(@"^([-*] |\d+\. )", RegexOptions.CultureInvariant)]
    private static partial Regex Item();
}
