using System.Text;
using System.Text.Json;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Requests;
using RagCaching.Semantic.Storing;

namespace RagCaching.Semantic.Transfers;

/// <summary>Stores the answers of an export.</summary>
internal sealed class EntryImport(IVectorStore store, KeySpace keys, RemovalLog removals, SweptWrites writes, CacheSettings settings, TimeProvider time)
{
    /// <exception cref="InvalidDataException">The header does not fit.</exception>
    public async ValueTask<ImportReport> ReadAsync(Stream source, ImportOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var tally = new ImportTally(options, progress);
        var ticket = new WriteTicket(removals.Now, time.GetUtcNow().UtcDateTime);
        var reader = new EntryLineReader(keys.EmbeddingModel, settings.MaxQuestionLength, settings.MaxAnswerBytes, options.AsCurated);
        var hasHeader = false;
        await foreach (var (number, line) in TransferLines.ReadAsync(source, options.MaxLineBytes, cancellationToken).ConfigureAwait(false))
        {
            if (!hasHeader)
            {
                CheckHeader(line);
                hasHeader = true;
            }
            else if (line is null)
            {
                tally.Failed(number, "line", $"It has more than {options.MaxLineBytes} bytes ({nameof(ImportOptions)}.{nameof(ImportOptions.MaxLineBytes)}).");
            }
            else if (line.Length > 0)
            {
                var (entry, field, problem) = reader.Read(line);
                if (entry is null)
                {
                    tally.Failed(number, field, problem);
                }
                else
                {
                    await StoreAsync(number, entry, options, ticket, tally, cancellationToken).ConfigureAwait(false);
                }
            }

            if (tally.HasEnded)
            {
                break;
            }
        }

        return hasHeader ? tally.End() : throw new InvalidDataException("line 1: There is no header; an export begins with one, and this is empty.");
    }

    private async ValueTask StoreAsync(long number, VectorEntry entry, ImportOptions options, WriteTicket ticket, ImportTally tally, CancellationToken cancellationToken)
    {
        if (entry.ExpiresAt <= time.GetUtcNow())
        {
            tally.Expired();
            return;
        }

        var stored = await store.GetContentAsync(entry.Partition, entry.Id, cancellationToken).ConfigureAwait(false);
        if (stored is not null && (options.KeepExisting || (stored.IsPermanent && !entry.IsPermanent)))
        {
            tally.Kept();
            return;
        }

        try
        {
            // What was removed since the import began stays removed.
            if (await writes.UpsertAsync(entry, ticket, cancellationToken).ConfigureAwait(false))
            {
                tally.Stored();
            }
            else
            {
                tally.Kept();
            }
        }
        catch (ArgumentException exception)
        {
            tally.Failed(number, "vector", exception.Message);
        }
    }

    private void CheckHeader(byte[]? line)
    {
        TransferHeader? header = null;
        try
        {
            header = line is null ? null : JsonSerializer.Deserialize(WithoutMark(line), TransferJson.Default.TransferHeader);
        }
        catch (JsonException)
        {
            // Said below, with what is there instead.
        }

        if (header is null)
        {
            throw new InvalidDataException($"line 1: This is no header of an export: {ImportTally.Shown(Encoding.UTF8.GetString(line.AsSpan(0, Math.Min(line?.Length ?? 0, 160))))}.");
        }

        if (header.Format != TransferHeader.EntriesFormat)
        {
            throw new InvalidDataException($"line 1, format: It must be '{TransferHeader.EntriesFormat}', and is {ImportTally.Shown(header.Format)}.");
        }

        if (header.Version is < 1 or > TransferHeader.CurrentVersion)
        {
            throw new InvalidDataException($"line 1, version: This library reads versions up to {TransferHeader.CurrentVersion}, and this is {header.Version}.");
        }

        if (header.Keys != keys.Check)
        {
            throw new InvalidDataException(
                $"line 1, keys: The answers were stored under another {nameof(RagCachingKeyOptions)}.{nameof(RagCachingKeyOptions.KeySecret)} ({ImportTally.Shown(header.Keys)}, here '{keys.Check}'), so nobody could find them here. Set the same secret in both hosts, or import questions and answers.");
        }

        if (header.Vectors != keys.EmbeddingModel)
        {
            throw new InvalidDataException(
                $"line 1, embeddingModel: The vectors were made by {ImportTally.Shown(header.EmbeddingModel ?? "a model without a name")}, and those here are made by '{keys.EmbeddingModelName ?? "a model without a name"}' (provider, address and dimensions count too). Import questions and answers, which are embedded anew.");
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> line) => line.StartsWith("\uFEFF"u8) ? line["\uFEFF"u8.Length..] : line;
}
