using Npgsql;

namespace RagCaching.Postgres.Reading;

/// <summary>A row of the table of events, before its names are known.</summary>
internal sealed record EventRow(long Version, JournalChangeKind Kind, long Origin, int? Partition, string? Id, int[] Labels, long? CreatedBefore, byte[] Content)
{
    /// <summary>The columns, in the order in which they are read.</summary>
    public const string Columns = "version, kind, origin, partition, id, labels, created_before, content";

    /// <summary>Gets the numbers of all names of the row.</summary>
    public IEnumerable<int> Names => Partition is { } partition ? [partition, .. Labels] : Labels;

    /// <summary>Reads the row that a reader is at.</summary>
    public static EventRow Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        (JournalChangeKind)row.GetInt32(1),
        row.GetInt64(2),
        row.IsDBNull(3) ? null : row.GetInt32(3),
        row.IsDBNull(4) ? null : row.GetString(4),
        row.GetFieldValue<int[]>(5),
        row.IsDBNull(6) ? null : row.GetInt64(6),
        row.GetFieldValue<byte[]>(7));

    /// <summary>Makes the change.</summary>
    /// <exception cref="InvalidDataException">The row is damaged: what was removed is not known.</exception>
    public JournalChange ToChange(NameReader names)
    {
        var partition = Partition is { } number ? Name(number) : null;
        return Kind switch
        {
            JournalChangeKind.Learn when partition is not null => JournalChange.Learn(partition, Content),
            JournalChangeKind.Remove when partition is not null && Id is not null => JournalChange.Remove(partition, Id),
            JournalChangeKind.RemoveWhere => JournalChange.RemoveWhere(new VectorFilter
            {
                Partition = partition,
                Labels = [.. Labels.Select(Name)],
                CreatedBefore = CreatedBefore is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
            }),
            _ => throw Damaged(),
        };

        string Name(int id) => names.NameOf(id) ?? throw Damaged();

        static InvalidDataException Damaged() => new("A removal in the journal is damaged; everything has to be loaded again.");
    }
}
