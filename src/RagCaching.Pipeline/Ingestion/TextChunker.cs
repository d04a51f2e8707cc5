namespace RagCaching;

/// <summary>Cuts a text into chunks for retrieval: at paragraphs where it can, otherwise at the ends of sentences, otherwise between words.</summary>
public static class TextChunker
{
    private const int DefaultMaxLength = 1_000;
    private const int DefaultOverlap = 100;

    private static readonly string[] ParagraphEnds = ["\n\n"];
    private static readonly string[] SentenceEnds = [". ", "! ", "? ", ".\n", "!\n", "?\n", "\n"];

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text. Line ends of Windows count as those of Unix.</param>
    /// <param name="maxLength">The most UTF-16 code units of a chunk; positive.</param>
    /// <param name="overlap">How much of the end of a chunk the next one repeats at most, from a word on; at least 0 and less than half of <paramref name="maxLength"/>.</param>
    /// <returns>The chunks in order, trimmed, none empty; together, without the repetitions, they are the whole text but for white space.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> is not positive, or <paramref name="overlap"/> is negative or not less than half of it.</exception>
    public static IReadOnlyList<string> Cut(string text, int maxLength = DefaultMaxLength, int overlap = DefaultOverlap)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLength);
        ArgumentOutOfRangeException.ThrowIfNegative(overlap);
        if (overlap >= (maxLength + 1) / 2)
        {
            throw new ArgumentOutOfRangeException(nameof(overlap), overlap, $"The overlap must be less than half of the length of a chunk, {maxLength}.");
        }

        var normalized = text.ReplaceLineEndings("\n").Trim();
        var chunks = new List<string>();
        var start = 0;
        while (start < normalized.Length)
        {
            var end = normalized.Length - start <= maxLength ? normalized.Length : EndOf(normalized, start, maxLength);
            if (normalized[start..end].Trim() is { Length: > 0 } chunk)
            {
                chunks.Add(chunk);
            }

            start = end == normalized.Length ? end : OverlapStart(normalized, start, end, overlap);
        }

        return chunks;
    }

    /// <summary>Finds where to end a chunk: as late as possible, at the best kind of end that lies in its second half.</summary>
    private static int EndOf(string text, int start, int maxLength)
    {
        var window = text.AsSpan(start, maxLength);
        foreach (var ends in (ReadOnlySpan<string[]>)[ParagraphEnds, SentenceEnds])
        {
            var last = -1;
            foreach (var end in ends)
            {
                var at = window.LastIndexOf(end, StringComparison.Ordinal);
                last = Math.Max(last, at < 0 ? -1 : at + end.Length);
            }

            if (last > maxLength / 2)
            {
                return start + last;
            }
        }

        var space = window.LastIndexOfAny(' ', '\n');
        return space > maxLength / 2 ? start + space + 1 : WholeCharacter(text, start + maxLength, start);
    }

    /// <summary>Finds where the next chunk starts: at a word within the overlap, or where the last chunk ended.</summary>
    private static int OverlapStart(string text, int start, int end, int overlap)
    {
        var from = Math.Max(start + 1, end - overlap);
        var space = text.AsSpan(from, end - from).IndexOfAny(' ', '\n');
        return overlap == 0 || space < 0 || from + space + 1 >= end ? end : from + space + 1;
    }

    // Between the two halves of a surrogate pair there is no place to cut.
    private static int WholeCharacter(string text, int end, int start) =>
        end - 1 > start && char.IsHighSurrogate(text[end - 1]) && char.IsLowSurrogate(text[end]) ? end - 1 : end;
}
