using System.Globalization;

namespace RagCaching.Redis.Values;

/// <summary>Names an entry in keys and indexes: the length of the partition, a colon, the partition, a colon, the id. No two entries have the same.</summary>
internal static class EntryRef
{
    public static string Of(string partition, string id) => string.Create(CultureInfo.InvariantCulture, $"{System.Text.Encoding.UTF8.GetByteCount(partition)}:{partition}:{id}");

    /// <summary>Reads what <see cref="Of"/> wrote.</summary>
    /// <returns>Whether it is a name of an entry.</returns>
    public static bool TryParse(string text, out string partition, out string id)
    {
        partition = id = "";
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
        {
            return false;
        }

        // The length counts bytes, as the server does.
        var rest = System.Text.Encoding.UTF8.GetBytes(text[(colon + 1)..]);
        if (bytes >= rest.Length || rest[bytes] != (byte)':')
        {
            return false;
        }

        partition = System.Text.Encoding.UTF8.GetString(rest, 0, bytes);
        id = System.Text.Encoding.UTF8.GetString(rest, bytes + 1, rest.Length - bytes - 1);
        return partition.Length > 0 && id.Length > 0;
    }
}
