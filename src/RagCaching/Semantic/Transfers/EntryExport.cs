using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using RagCaching.Diagnostics;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries;

namespace RagCaching.Semantic.Transfers;

/// <summary>Writes stored answers as lines.</summary>
internal sealed class EntryExport(IVectorStore store, KeySpace keys, IFaultCounter counter)
{
    private const int FlushedBytes = 1 << 16;

    // Texts of all languages stay readable.
    private static readonly JsonWriterOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public async ValueTask<long> WriteAsync(Stream destination, VectorFilter filter, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(FlushedBytes);
        using var json = new Utf8JsonWriter(buffer, Readable);
        var header = new TransferHeader { Format = TransferHeader.EntriesFormat, Version = TransferHeader.CurrentVersion, Keys = keys.Check, EmbeddingModel = keys.EmbeddingModelName, Vectors = keys.EmbeddingModel };
        JsonSerializer.Serialize(json, header, TransferJson.Default.TransferHeader);
        EndLine(json, buffer);

        var written = 0L;
        await foreach (var entry in store.ReadAllAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Partition == keys.BudgetPartition)
            {
                continue;
            }

            if (!TryWrite(json, entry))
            {
                counter.Failed(TelemetryNames.Operations.Parse, TelemetryNames.Errors.InvalidEntry);
                continue;
            }

            EndLine(json, buffer);
            if (buffer.WrittenCount >= FlushedBytes)
            {
                await destination.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
                buffer.ResetWrittenCount();
            }

            if (++written % TransferSteps.Answers == 0)
            {
                progress?.Report(written);
            }
        }

        await destination.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
        progress?.Report(written);
        return written;
    }

    private static bool TryWrite(Utf8JsonWriter json, VectorEntry entry)
    {
        if (!Digest.TryParseShort(entry.Id, out var key) || EntryStateCodec.TryDecode(entry.Metadata.Span, key) is not { } state || AnswerCodec.TryDecode(entry.Payload.Span, state.Nonce, key) is not { } answer)
        {
            return false;
        }

        var line = new EntryLine
        {
            Partition = entry.Partition,
            Id = entry.Id,
            Nonce = state.Nonce,
            Question = state.Question,
            Answer = JsonSerializer.SerializeToElement(answer, Entries.Answers.StoredAnswerContext.Default.StoredAnswer),
            Vector = MemoryMarshal.AsBytes(entry.Vector.Span).ToArray(),
            Labels = entry.Labels,
            Owner = entry.Owner,
            CreatedAt = entry.CreatedAt,
            ExpiresAt = entry.IsPermanent ? null : entry.ExpiresAt,
            FreshUntil = EntryStateCodec.FreshUntil(entry.Metadata.Span),
            Right = state.Right,
            Wrong = state.Wrong,
            Group = state.Group,
            Rejected = state.Rejected,
        };
        JsonSerializer.Serialize(json, line, TransferJson.Default.EntryLine);
        return true;
    }

    private static void EndLine(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer)
    {
        json.Flush();
        json.Reset();
        buffer.Write("\n"u8);
    }
}
