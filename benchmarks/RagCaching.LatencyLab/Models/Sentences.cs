namespace RagCaching.LatencyLab.Models;

/// <summary>Splits Markdown into sentences, without its code and its table frames.</summary>
internal static class Sentences
{
    private const int ShortestSentence = 20;

    public static List<string> Of(string markdown)
    {
        var sentences = new List<string>();
        var paragraph = new List<string>();
        var isCode = false;
        foreach (var line in markdown.Split('\n').Select(raw => raw.Trim()))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
            }

            if (isCode || line.Length == 0 || line[0] is '|' or '#' or '-' or '[' or '`')
            {
                AddSentences(sentences, paragraph);
            }

            if (!isCode && line.Length > 0 && !line.StartsWith("```", StringComparison.Ordinal) && line[0] is not ('#' or '['))
            {
                paragraph.Add(line[0] == '|' ? Row(line) : line.TrimStart('-', ' '));
                if (line[0] == '|')
                {
                    AddSentences(sentences, paragraph);
                }
            }
        }

        AddSentences(sentences, paragraph);
        return sentences;
    }

    private static string Row(string line) =>
        line.Contains("---", StringComparison.Ordinal)
            ? ""
            : string.Join(": ", line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static void AddSentences(List<string> sentences, List<string> paragraph)
    {
        var text = string.Join(' ', paragraph);
        paragraph.Clear();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var ends = i == text.Length - 1 || (text[i] is '.' or '?' or '!' && text[i + 1] == ' ');
            if (!ends)
            {
                continue;
            }

            var sentence = text[start..(i + 1)].Trim();
            if (sentence.Length >= ShortestSentence)
            {
                sentences.Add(sentence);
            }

            start = i + 1;
        }
    }
}
