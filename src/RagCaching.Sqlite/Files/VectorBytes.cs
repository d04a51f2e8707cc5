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

    public static float[] Decode(byte[]? bytes)
    {
        if (bytes is null)
        {
            return [];
        }

        var source = BitConverter.IsLittleEndian ? bytes : Reverse(bytes);
        return MemoryMarshal.Cast<byte, float>(source).ToArray();
    }

    private static byte[] Reverse(byte[] bytes)
    {
        var reversed = new byte[bytes.Length];
        for (var i = 0; i < bytes.Length; i += sizeof(float))
        {
            BinaryPrimitives.WriteInt32LittleEndian(reversed.AsSpan(i), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(i)));
        }

        return reversed;
    }
}
