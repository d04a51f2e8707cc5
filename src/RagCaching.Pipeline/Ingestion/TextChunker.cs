using System.Globalization;
using RagCaching.Pipeline.Ingestion;

namespace RagCaching;

/// <summary>Cuts a text into chunks for retrieval: at paragraphs where it can, otherwise at the ends of sentences, otherwise between words or, in scripts without blanks, between characters.</summary>
/// <remarks>
/// Sentences end as they do in the languages of the text: at 。！？ in Chinese and Japanese, at । in Hindi, at a blank in Thai. What a reader takes for one character, such as a letter with its marks or
/// an emoji of several parts, is never cut. Source: the classes of Unicode Standard Annex 29.
/// </remarks>
public static class TextChunker
{
    private const int DefaultMaxLength = 1_000;
    private const int DefaultOverlap = 100;

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text. Line ends of Windows count as those of Unix.</param>
    /// <param name="maxLength">The most UTF-16 code units of a chunk; positive. Only a single character that is longer makes a longer chunk.</param>
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
        var isBoundary = BoundariesOf(normalized);
        var chunks = new List<string>();
        var start = 0;
        while (start < normalized.Length)
        {
            var end = normalized.Length - start <= maxLength ? normalized.Length : EndOf(normalized, isBoundary, start, maxLength);
            if (normalized[start..end].Trim() is { Length: > 0 } chunk)
            {
                chunks.Add(chunk);
            }

            start = end == normalized.Length ? end : OverlapStart(normalized, isBoundary, start, end, overlap);
        }

        return chunks;
    }

    /// <summary>Finds the places between what a reader takes for characters.</summary>
    private static bool[] BoundariesOf(string text)
    {
        var isBoundary = new bool[text.Length + 1];
        for (var i = 0; i < text.Length; i += StringInfo.GetNextTextElementLength(text.AsSpan(i)))
        {
            // A consonant that a virama joins to the one before is one character with it (rule GB9c, which the platform does not apply).
            isBoundary[i] = i == 0 || !TextBreaks.Joins(text, i);
        }

        isBoundary[text.Length] = true;
        return isBoundary;
    }

    /// <summary>Finds where to end a chunk: as late as possible, at the best kind of end that lies in its second half.</summary>
    private static int EndOf(string text, bool[] isBoundary, int start, int maxLength)
    {
        var limit = start + maxLength;
        foreach (var isEnd in (ReadOnlySpan<Func<string, int, bool>>)[TextBreaks.EndsParagraph, TextBreaks.EndsSentence, TextBreaks.EndsClause, TextBreaks.EndsWord])
        {
            for (var end = limit; end > start + (maxLength / 2); end--)
            {
                if (isBoundary[end] && isEnd(text, end))
                {
                    return end;
                }
            }
        }

        var character = limit;
        while (character > start && !isBoundary[character])
        {
            character--;
        }

        // A single character that is longer than a chunk is one of its own.
        return character > start ? character : Array.IndexOf(isBoundary, true, limit);
    }

    /// <summary>Finds where the next chunk starts: at a word within the overlap, or where the last chunk ended.</summary>
    private static int OverlapStart(string text, bool[] isBoundary, int start, int end, int overlap)
    {
        for (var from = Math.Max(start + 1, end - overlap); from < end; from++)
        {
            if (isBoundary[from] && !char.IsWhiteSpace(text[from]) && TextBreaks.StartsWord(text, from))
            {
                return from;
            }
        }

        return end;
    }
}
