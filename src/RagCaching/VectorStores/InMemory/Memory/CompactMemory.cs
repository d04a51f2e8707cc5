using System.Runtime.InteropServices;

namespace RagCaching.VectorStores.InMemory.Memory;

/// <summary>Keeps bytes behind one reference instead of the two words of a <see cref="ReadOnlyMemory{T}"/>.</summary>
/// <remarks>
/// Nothing for no bytes, the array itself for a whole array, and a separate object only for a part of an array. Being one reference, it also can
/// be replaced while others read it. Immutable.
/// </remarks>
internal static class CompactMemory
{
    /// <summary>Packs bytes.</summary>
    /// <returns>What <see cref="Unpack"/> takes.</returns>
    public static object? Pack(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return null;
        }

        return MemoryMarshal.TryGetArray(bytes, out var part) && part.Count == part.Array!.Length ? part.Array : (object)bytes;
    }

    /// <summary>Gets the bytes that were packed.</summary>
    public static ReadOnlyMemory<byte> Unpack(object? packed) => packed switch
    {
        null => default,
        byte[] all => all,
        _ => (ReadOnlyMemory<byte>)packed,
    };
}
