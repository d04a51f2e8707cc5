using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace RagCaching.Semantic.Entries;

/// <summary>Names one stored answer: where it is, and which of the answers that were ever stored there.</summary>
/// <param name="Partition">The partition's digest.</param>
/// <param name="QuestionKey">The question's digest within the partition, which is the id under which the store keeps the entry.</param>
/// <param name="Nonce">128 random bits, new for every stored answer: nobody can guess the id, and an old id never means a newer answer.</param>
internal readonly record struct EntryId(string Partition, string QuestionKey, string Nonce)
{
    /// <summary>The number of random bytes.</summary>
    public const int NonceSize = 16;

    private const char Separator = '.';
    private const int DigestLength = 43;
    private const int ShortLength = 22;

    /// <summary>Makes the id of a new answer.</summary>
    public static EntryId New(string partition, string questionKey)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        RandomNumberGenerator.Fill(nonce);
        return new EntryId(partition, questionKey, Base64Url.EncodeToString(nonce));
    }

    /// <summary>Gets the name of the group of answers that an answer founds.</summary>
    public static ulong GroupOf(string nonce)
    {
        Span<byte> bytes = stackalloc byte[NonceSize];
        Base64Url.DecodeFromChars(nonce, bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>Reads an id that came back from a caller.</summary>
    /// <returns>Whether it can be one of ours.</returns>
    public static bool TryParse(string text, out EntryId id)
    {
        id = default;
        if (text.Length != DigestLength + ShortLength + ShortLength + 2
            || text[DigestLength] != Separator
            || text[DigestLength + 1 + ShortLength] != Separator)
        {
            return false;
        }

        var candidate = new EntryId(text[..DigestLength], text.Substring(DigestLength + 1, ShortLength), text[^ShortLength..]);
        if (!Base64Url.IsValid(candidate.Partition) || !Base64Url.IsValid(candidate.QuestionKey) || !Base64Url.IsValid(candidate.Nonce))
        {
            return false;
        }

        id = candidate;
        return true;
    }

    public override string ToString() => $"{Partition}{Separator}{QuestionKey}{Separator}{Nonce}";
}
