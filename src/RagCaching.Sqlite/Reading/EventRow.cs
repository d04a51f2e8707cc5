using Microsoft.Data.Sqlite;
using RagCaching.Sqlite.Files;

namespace RagCaching.Sqlite.Reading;

/// <summary>Reads a row of the table of events: removals, and what was learnt.</summary>
/// <remarks>Columns: version, kind, origin, partition, id, labels, created_before, content.</remarks>
internal static class EventRow
{
    /// <summary>The columns.</summary>
    public const string Columns = "version, kind, origin, partition, id, labels, created_before, content";

    /// <summary>Reads the change of a row.</summary>
    /// <exception cref="InvalidDataException">The row is damaged: what was removed is not known.</exception>
    public static JournalChange Read(SqliteDataReader row, NameReader names, SqliteTransaction? transaction)
    {
        var partition = row.IsDBNull(3) ? null : Name(row.GetInt64(3));
        return (JournalChangeKind)row.GetInt64(1) switch
        {
            JournalChangeKind.Learn when partition is not null => JournalChange.Learn(partition, row.IsDBNull(7) ? default : row.GetFieldValue<byte[]>(7)),
            JournalChangeKind.Remove when partition is not null && !row.IsDBNull(4) => JournalChange.Remove(partition, row.GetString(4)),
            JournalChangeKind.RemoveWhere => JournalChange.RemoveWhere(new VectorFilter
            {
                Partition = partition,
                Labels = [.. NumberList.Decode(row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5)).Select(Name)],
                CreatedBefore = row.IsDBNull(6) ? null : new DateTimeOffset(row.GetInt64(6), TimeSpan.Zero),
            }),
            _ => throw Damaged(),
        };

        string Name(long id) => names.NameOf(transaction, id) ?? throw Damaged();

        static InvalidDataException Damaged() => new("A removal in the journal is damaged; everything has to be loaded again.");
    }
}
