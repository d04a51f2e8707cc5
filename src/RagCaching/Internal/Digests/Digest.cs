using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace RagCaching.Internal.Digests;

/// <summary>A 256-bit digest: the only form in which text becomes a key, a partition or a label.</summary>
internal readonly record struct Digest
{
    /// <summary>The length of a digest in bytes.</summary>
    public const int SizeInBytes = 32;

    /// <summary>The length of the part that stands for a digest where a whole one stands beside it.</summary>
    public const int ShortSizeInBytes = 16;

    /// <summary>The characters of these in URL-safe Base64.</summary>
    private const int ShortTextLength = 22;

    /// <summary>The number of characters that <see cref="ToText"/> returns.</summary>
    public const int TextLength = 43;

    private readonly ulong _part0;
    private readonly ulong _part1;
    private readonly ulong _part2;
    private readonly ulong _part3;

    /// <summary>Takes a digest from its bytes.</summary>
    /// <param name="bytes">At least 32 bytes.</param>
    public Digest(ReadOnlySpan<byte> bytes)
    {
        _part0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        _part1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        _part2 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        _part3 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
    }

    /// <summary>Gets the first eight bytes as a number: a fingerprint where a collision costs nothing but a miss.</summary>
    public ulong Prefix => _part0;

    /// <summary>Writes the 32 bytes of the digest.</summary>
    public void CopyTo(Span<byte> destination)
    {
        CopyShortTo(destination);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], _part2);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], _part3);
    }

    /// <summary>Writes the first 16 bytes of the digest.</summary>
    public void CopyShortTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, _part0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], _part1);
    }

    /// <summary>Tells whether 16 bytes are the first ones of this digest.</summary>
    public bool StartsWith(ReadOnlySpan<byte> shortBytes) =>
        BinaryPrimitives.ReadUInt64LittleEndian(shortBytes) == _part0
        && BinaryPrimitives.ReadUInt64LittleEndian(shortBytes[8..]) == _part1;

    /// <summary>Encodes the digest with the URL-safe Base64 alphabet: 43 characters that are legal in every engine.</summary>
    public string ToText()
    {
        Span<byte> bytes = stackalloc byte[SizeInBytes];
        CopyTo(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Writes what <see cref="ToText"/> returns.</summary>
    public void CopyTextTo(Span<char> destination)
    {
        Span<byte> bytes = stackalloc byte[SizeInBytes];
        CopyTo(bytes);
        Base64Url.EncodeToChars(bytes, destination);
    }

    /// <summary>Encodes the first 16 bytes: 22 characters.</summary>
    public string ToShortText()
    {
        Span<byte> bytes = stackalloc byte[ShortSizeInBytes];
        CopyShortTo(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads what <see cref="ToShortText"/> wrote; the second half of the digest is unknown and becomes zero.</summary>
    public static bool TryParseShort(ReadOnlySpan<char> text, out Digest digest)
    {
        Span<byte> bytes = stackalloc byte[SizeInBytes];
        bytes.Clear();

        // Not TryDecodeFromChars, which throws for what is no Base64. White space is passed over, so the length is looked at too.
        var isRead = text.Length == ShortTextLength && Base64Url.DecodeFromChars(text, bytes[..ShortSizeInBytes], out _, out var written) == OperationStatus.Done && written == ShortSizeInBytes;
        digest = isRead ? new Digest(bytes) : default;
        return isRead;
    }

    public override string ToString() => ToText();
}
