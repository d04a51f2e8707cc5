using System.Text;

namespace RagCaching.LatencyLab.Rag;

/// <summary>Cuts Markdown at its headings, and long sections at their paragraphs.</summary>
internal static class MarkdownChunker
{
    private const int MaxLength = 900;

    public static IReadOnlyList<DocumentChunk> Chunk(string file, string markdown)
    {
        var chunks = new List<DocumentChunk>();
        var headings = new List<string>();
        var text = new StringBuilder();
        var isCode = false;
        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            isCode ^= line.StartsWith("```", StringComparison.Ordinal);
            var level = isCode ? 0 : line.TakeWhile(character => character == '#').Count();
            if (level > 0)
            {
                Close();
                headings.RemoveRange(Math.Min(level - 1, headings.Count), headings.Count - Math.Min(level - 1, headings.Count));
                headings.Add(line[level..].Trim());
                continue;
            }

            if (!isCode && line.Length == 0 && text.Length > MaxLength)
            {
                Close();
            }

            text.Append(line).Append('\n');
        }

        Close();
        return chunks;

        void Close()
        {
            if (text.ToString().Trim() is { Length: > 0 } content)
            {
                chunks.Add(new DocumentChunk(file, string.Join(" / ", headings), content));
            }

            text.Clear();
        }
    }
}
