using System.Runtime.InteropServices;
using System.Text;

namespace RagCaching.Tests.Protection;

/// <summary>Looks for a text or a vector in what a backend was given, in every form in which it could be there.</summary>
internal static class StoredBytesSearch
{
    public static bool HasText(ReadOnlySpan<byte> bytes, string text) =>
        bytes.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.IndexOf(Encoding.Unicode.GetBytes(text)) >= 0 || bytes.IndexOf(Encoding.BigEndianUnicode.GetBytes(text)) >= 0
        || bytes.IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=')[..^1])) >= 0;

    /// <summary>Tells whether two neighbouring components are there, as a vector is written at full or half precision.</summary>
    public static bool HasVector(ReadOnlySpan<byte> bytes, ReadOnlySpan<float> vector)
    {
        for (var i = 0; i + 1 < vector.Length; i++)
        {
            var pair = vector.Slice(i, 2);
            ReadOnlySpan<Half> halves = [(Half)pair[0], (Half)pair[1]];
            if (bytes.IndexOf(MemoryMarshal.AsBytes(pair)) >= 0 || bytes.IndexOf(MemoryMarshal.AsBytes(halves)) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
