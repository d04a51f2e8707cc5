using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RagCaching.Sqlite.Files;

/// <summary>Writes vectors as little-endian single-precision numbers.</summary>
internal static class VectorBytes
{
    public static byte[]? Encode(ReadOnlySpan<float> vector)
    {
        if (vector.IsEmpty)
        {
            return null;
        }

        var bytes = MemoryMarshal.AsBytes(vector).ToArray();
        return BitConverter.IsLittleEndian ? bytes : Reverse(bytes);
    }

    public static float[] Decode(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, float>(BitConverter.IsLittleEndian ? bytes : Reverse(bytes)).ToArray();

    private static byte[] Reverse(ReadOnlySpan<byte> bytes)
    {
        var reversed = new byte[bytes.Length];
        for (var i = 0; i < bytes.Length; i += sizeof(float))
        {
            BinaryPrimitives.WriteInt32LittleEndian(reversed.AsSpan(i), BinaryPrimitives.ReadInt32BigEndian(bytes[i..]));
        }

        return reversed;
    }
}
