using System.Text;
using System.Text.Json;
using RagCaching.Import.Values;
using RagCaching.Semantic.Transfers;

namespace RagCaching.Import.Json;

/// <summary>Reads JSON Lines, one document at a time.</summary>
internal static class JsonRecords
{
    private const int MaxDepth = 32;
    private const int Shown = 160;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Reads the lines of a stream, which stays open. Blank lines are passed over.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="maxBytes">The length of the longest line.</param>
    /// <param name="read">Makes answers of a document.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async IAsyncEnumerable<ImportedAnswer> ReadAsync(
        Stream source, int maxBytes, Func<long, JsonElement, IReadOnlyList<ImportedAnswer>> read, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (number, bytes) in TransferLines.ReadAsync(source, maxBytes, cancellationToken).ConfigureAwait(false))
        {
            if (bytes is null)
            {
                yield return AnswerMaker.TooLong(number, "line", maxBytes);
                continue;
            }

            foreach (var answer in ReadLine(number, bytes, read))
            {
                yield return answer;
            }
        }
    }

    private static IReadOnlyList<ImportedAnswer> ReadLine(long number, ReadOnlyMemory<byte> utf8, Func<long, JsonElement, IReadOnlyList<ImportedAnswer>> read)
    {
        if (number == 1 && utf8.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        }

        if (utf8.Span.Trim(" \t\r"u8).IsEmpty)
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            return read(number, document.RootElement);
        }
        catch (JsonException)
        {
            return [Unreadable(number, utf8)];
        }
        catch (InvalidOperationException)
        {
            // The document reads names and texts when they are asked for, and then finds half a surrogate pair invalid.
            return [Unreadable(number, utf8)];
        }
    }

    private static ImportedAnswer Unreadable(long number, ReadOnlyMemory<byte> utf8) => AnswerMaker.Faulty(
        number, "line", $"This is no JSON that can be read: {ImportTally.Shown(Encoding.UTF8.GetString(utf8.Span[..Math.Min(utf8.Length, Shown)]), utf8.Length, "bytes")}.");
}
