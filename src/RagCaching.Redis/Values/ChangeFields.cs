using System.Globalization;
using StackExchange.Redis;

namespace RagCaching.Redis.Values;

/// <summary>A record of the stream of changes.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Reference">The entry, or the topic.</param>
/// <param name="Origin">Who appended it.</param>
/// <param name="Change">The change; <see langword="null"/> for an upsert, whose entry is read by itself, and for a record that cannot be read.</param>
internal sealed record ChangeFields(long Version, JournalChangeKind Kind, string Reference, string Origin, JournalChange? Change)
{
    /// <summary>Reads a record.</summary>
    /// <exception cref="InvalidDataException">It is damaged: what was removed is not known.</exception>
    public static ChangeFields Read(StreamEntry entry)
    {
        if (!long.TryParse(entry.Id.ToString().Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) || !entry["k"].TryParse(out int number))
        {
            throw Damaged();
        }

        var kind = (JournalChangeKind)number;
        var reference = entry["r"].ToString();
        var change = kind switch
        {
            JournalChangeKind.Upsert => null,
            JournalChangeKind.Remove when EntryRef.TryParse(reference, out var partition, out var id) => JournalChange.Remove(partition, id),
            JournalChangeKind.RemoveWhere => JournalChange.RemoveWhere(FilterOf(entry)),
            JournalChangeKind.Learn when reference.Length > 0 => JournalChange.Learn(reference, (byte[]?)entry["b"] ?? []),
            _ => throw Damaged(),
        };
        return new ChangeFields(version, kind, reference, entry["o"].ToString(), change);
    }

    private static VectorFilter FilterOf(StreamEntry entry) => new()
    {
        Partition = entry["p"].ToString() is { Length: > 0 } partition ? partition[1..] : null,
        CreatedBefore = entry["c"].ToString() is { Length: > 0 } digits ? TimeOf(digits) : null,
        Labels = LabelList.TryDecode((byte[]?)entry["l"] ?? []) ?? throw Damaged(),
    };

    private static DateTimeOffset TimeOf(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset(ticks, TimeSpan.Zero) : throw Damaged();

    private static InvalidDataException Damaged() => new("A record of the journal is damaged; everything has to be loaded again.");
}
