using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace RagCaching.Protection;

// What is protected in the place of an entry's payload, little-endian:
//
//   offset      bytes  field
//        0          8  created, UTC ticks
//        8          8  expires, UTC ticks
//       16          4  number of components of the vector, d
//       20      4 * d  its components, single precision
//  20 + 4d       rest  the payload
//
// The metadata is protected by itself, since it is replaced by itself. Of an entry of a store that searches by itself, the vector is not in here.

/// <summary>Makes an entry whose text and vector nobody can read of one that has both, and the other way round.</summary>
internal sealed class EntrySeal(ProtectedPayloads payloads)
{
    private const int FixedSize = 20;
    private const int MaxDimensions = 1 << 20;

    // Engines keep times; one that rounds them keeps this much.
    private static readonly TimeSpan TimeTolerance = TimeSpan.FromSeconds(1);

    /// <summary>Seals an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="leavesVector">Whether the vector stays readable beside the seal, for a store that searches; otherwise it is behind it and the entry has none.</param>
    /// <exception cref="NotProtectedException">The protector failed.</exception>
    public VectorEntry Seal(VectorEntry entry, bool leavesVector) => Copy(
        entry, leavesVector ? entry.Vector : default, payloads.Protect(entry.Metadata, PayloadContext.OfMetadata(entry.Partition, entry.Id)), SealContent(entry, leavesVector ? default : entry.Vector.Span));

    /// <summary>Seals metadata that replaces that of an entry.</summary>
    /// <exception cref="NotProtectedException">The protector failed.</exception>
    public byte[] SealMetadata(string partition, string id, ReadOnlyMemory<byte> metadata) => payloads.Protect(metadata, PayloadContext.OfMetadata(partition, id));

    /// <summary>Opens a sealed entry.</summary>
    /// <param name="entry">The entry as a store returned it.</param>
    /// <param name="withPayload">Whether the payload is wanted.</param>
    /// <param name="withVector">Whether the vector is wanted.</param>
    /// <param name="opened">Receives the entry.</param>
    /// <returns>Whether it could be opened; if not, nothing of it may be used.</returns>
    public bool TryOpen(VectorEntry entry, bool withPayload, bool withVector, [NotNullWhen(true)] out VectorEntry? opened)
    {
        opened = null;
        if (TryOpenMetadata(entry.Partition, entry.Id, entry.Metadata) is not { } metadata
            || payloads.TryUnprotect(entry.Payload, PayloadContext.OfContent(entry.Partition, entry.Id, entry.Labels)) is not { } content
            || content.Length < FixedSize)
        {
            return false;
        }

        var created = BinaryPrimitives.ReadInt64LittleEndian(content);
        var expires = BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(8));
        var dimensions = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(16));
        if (Math.Abs(entry.CreatedAt.UtcTicks - created) > TimeTolerance.Ticks
            || entry.ExpiresAt.UtcTicks > expires + TimeTolerance.Ticks
            || dimensions is < 0 or > MaxDimensions
            || dimensions > (content.Length - FixedSize) / sizeof(float))
        {
            return false;
        }

        opened = Copy(
            entry,
            !withVector ? default : dimensions == 0 ? entry.Vector : VectorIn(content.AsSpan(FixedSize), dimensions),
            metadata,
            withPayload ? content.AsSpan(FixedSize + (dimensions * sizeof(float))).ToArray() : default);
        return true;
    }

    /// <summary>Opens an entry that came without its payload, of a store that searches by itself.</summary>
    /// <returns><see langword="null"/> if it cannot be opened.</returns>
    public VectorEntry? TryOpenFound(VectorEntry entry) =>
        TryOpenMetadata(entry.Partition, entry.Id, entry.Metadata) is { } metadata ? Copy(entry, entry.Vector, metadata, payload: default) : null;

    /// <summary>Opens the metadata of an entry.</summary>
    /// <returns><see langword="null"/> if it cannot be opened.</returns>
    public byte[]? TryOpenMetadata(string partition, string id, ReadOnlyMemory<byte> metadata) => payloads.TryUnprotect(metadata, PayloadContext.OfMetadata(partition, id));

    private static float[] VectorIn(ReadOnlySpan<byte> components, int dimensions)
    {
        var vector = new float[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(components[(i * sizeof(float))..]);
        }

        return vector;
    }

    private static VectorEntry Copy(VectorEntry entry, ReadOnlyMemory<float> vector, byte[] metadata, ReadOnlyMemory<byte> payload) => new()
    {
        Partition = entry.Partition,
        Id = entry.Id,
        Vector = vector,
        EmbeddingModel = entry.EmbeddingModel,
        Metadata = metadata,
        Payload = payload,
        Labels = entry.Labels,
        Owner = entry.Owner,
        CreatedAt = entry.CreatedAt,
        ExpiresAt = entry.ExpiresAt,
    };

    private byte[] SealContent(VectorEntry entry, ReadOnlySpan<float> vector)
    {
        var content = new byte[checked(FixedSize + (vector.Length * sizeof(float)) + entry.Payload.Length)];
        BinaryPrimitives.WriteInt64LittleEndian(content, entry.CreatedAt.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(8), entry.ExpiresAt.UtcTicks);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(16), vector.Length);
        var rest = content.AsSpan(FixedSize);
        foreach (var component in vector)
        {
            BinaryPrimitives.WriteSingleLittleEndian(rest, component);
            rest = rest[sizeof(float)..];
        }

        entry.Payload.Span.CopyTo(rest);
        return payloads.Protect(content, PayloadContext.OfContent(entry.Partition, entry.Id, entry.Labels));
    }
}
