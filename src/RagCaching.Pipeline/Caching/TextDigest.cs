using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace RagCaching.Pipeline.Caching;

/// <summary>Makes keys of texts, in which the texts cannot be read.</summary>
internal static class TextDigest
{
    /// <summary>Digests a list of texts.</summary>
    /// <returns>Another text for every other list: lengths keep the texts apart, and no text is the same as none.</returns>
    public static string Of(params IEnumerable<string?> texts)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var text in texts)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(length, text?.Length ?? -1);
            digest.AppendData(length);
            digest.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
        }

        return Convert.ToBase64String(digest.GetHashAndReset());
    }
}
