using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using RagCaching.Pipeline.Retrieval;

namespace RagCaching.Pipeline.Caching;

// The layout: number of chunks; of each chunk id, source, version, text, score, fused score, relative score, retriever, number of pairs of metadata, and these.
// Numbers are little-endian, lengths 7 bits a byte. A text is its length plus one and its UTF-16 code units as they are; none is 0. A score that is not there is NaN.

/// <summary>Writes ranked chunks as bytes for a store in memory, and reads them.</summary>
internal static class RankingCodec
{
    /// <summary>Writes.</summary>
    /// <param name="chunks">The chunks, best first.</param>
    /// <param name="keepsText">Whether the text of a chunk and its metadata are kept, since nobody could be asked for them.</param>
    public static byte[] Write(IReadOnlyList<RankedChunk> chunks, Func<RankedChunk, bool> keepsText)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write7BitEncodedInt(chunks.Count);
        foreach (var ranked in chunks)
        {
            Write(writer, ranked, keepsText(ranked));
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads.</summary>
    /// <returns>The chunks; those whose text was not kept have an empty one, and <c>HasText</c> is <see langword="false"/>.</returns>
    public static IReadOnlyList<(RankedChunk Chunk, bool HasText)> Read(ReadOnlyMemory<byte> bytes)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        using var reader = new BinaryReader(stream);
        var chunks = new (RankedChunk, bool)[reader.Read7BitEncodedInt()];
        for (var i = 0; i < chunks.Length; i++)
        {
            chunks[i] = ReadChunk(reader);
        }

        return chunks;
    }

    private static void Write(BinaryWriter writer, RankedChunk ranked, bool keepsText)
    {
        var chunk = ranked.Chunk;
        WriteText(writer, chunk.Id);
        WriteText(writer, chunk.SourceId);
        WriteText(writer, chunk.SourceVersion);
        WriteText(writer, keepsText ? chunk.Text : null);
        writer.Write(chunk.Score ?? double.NaN);
        writer.Write(ranked.FusedScore);
        writer.Write(ranked.RelativeScore);
        writer.Write7BitEncodedInt(ranked.Retriever);
        var metadata = keepsText ? chunk.Metadata : ReadOnlyDictionary<string, string>.Empty;
        writer.Write7BitEncodedInt(metadata.Count);
        foreach (var (name, value) in metadata)
        {
            WriteText(writer, name);
            WriteText(writer, value);
        }
    }

    private static (RankedChunk Chunk, bool HasText) ReadChunk(BinaryReader reader)
    {
        var (id, source, version, text) = (ReadText(reader)!, ReadText(reader)!, ReadText(reader), ReadText(reader));
        var (score, fused, relative, retriever) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.Read7BitEncodedInt());
        var count = reader.Read7BitEncodedInt();
        var metadata = new Dictionary<string, string>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            metadata[ReadText(reader)!] = ReadText(reader)!;
        }

        var chunk = new RetrievedChunk
        {
            Id = id,
            Text = text ?? "",
            SourceId = source,
            SourceVersion = version,
            Score = double.IsNaN(score) ? null : score,
            Metadata = count == 0 ? ReadOnlyDictionary<string, string>.Empty : metadata,
        };
        return (new RankedChunk(chunk, fused, relative, retriever), text is not null);
    }

    private static void WriteText(BinaryWriter writer, string? text)
    {
        writer.Write7BitEncodedInt(text is null ? 0 : text.Length + 1);
        writer.Write(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private static string? ReadText(BinaryReader reader) => reader.Read7BitEncodedInt() switch
    {
        0 => null,
        var length => string.Create(length - 1, reader, static (text, reader) => reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(text))),
    };
}
