using System.Globalization;
using System.Text;

namespace RagCaching.Redis.Values;

/// <summary>Writes lists of labels so that a script can read them: the length in bytes, a colon and the label, one after the other.</summary>
internal static class LabelList
{
    public static byte[] Encode(IReadOnlyList<string> labels)
    {
        var text = new StringBuilder();
        foreach (var label in labels)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(label)}:{label}");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <returns><see langword="null"/> if it is something else.</returns>
    public static string[]? TryDecode(ReadOnlySpan<byte> bytes)
    {
        var labels = new List<string>();
        while (!bytes.IsEmpty)
        {
            var colon = bytes.IndexOf((byte)':');
            if (colon <= 0 || !int.TryParse(bytes[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > bytes.Length - colon - 1)
            {
                return null;
            }

            labels.Add(Encoding.UTF8.GetString(bytes.Slice(colon + 1, length)));
            bytes = bytes[(colon + 1 + length)..];
        }

        return [.. labels];
    }
}
