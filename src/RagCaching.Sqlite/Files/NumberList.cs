using System.Buffers.Binary;

namespace RagCaching.Sqlite.Files;

/// <summary>Writes lists of numbers as one value: four bytes each, little-endian.</summary>
internal static class NumberList
{
    public static byte[]? Encode(IReadOnlyList<long> numbers)
    {
        if (numbers.Count == 0)
        {
            return null;
        }

        var bytes = new byte[numbers.Count * sizeof(int)];
        for (var i = 0; i < numbers.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), checked((int)numbers[i]));
        }

        return bytes;
    }

    public static long[] Decode(byte[]? bytes)
    {
        var numbers = new long[(bytes?.Length ?? 0) / sizeof(int)];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i * sizeof(int)));
        }

        return numbers;
    }
}
