using Microsoft.Data.Sqlite;
using RagCaching.Sqlite.Files;
using SQLitePCL;

namespace RagCaching.Sqlite.Reading;

/// <summary>Reads a row of the table of entries, and checks that it is what was written.</summary>
/// <remarks>Columns: version, partition, id, origin, created, expires, owner, model, labels, checksum, payload_checksum, metadata, vector, payload.</remarks>
internal static class EntryRow
{
    /// <summary>All columns.</summary>
    public const string Columns = "version, partition, id, origin, created, expires, owner, model, labels, checksum, payload_checksum, metadata, vector, payload";

    /// <summary>All columns but the answer.</summary>
    public const string ColumnsWithoutPayload = "version, partition, id, origin, created, expires, owner, model, labels, checksum, payload_checksum, metadata, vector, NULL";

    /// <summary>Reads the entry of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="names">Finds names.</param>
    /// <param name="transaction">The transaction of the reading.</param>
    /// <param name="withPayload">Whether the row has the answer.</param>
    /// <param name="withVector">Whether the entry gets its vector, which is read and checked in any case.</param>
    /// <returns>The entry, or <see langword="null"/> if the row is damaged.</returns>
    public static VectorEntry? Read(SqliteDataReader row, NameReader names, SqliteTransaction? transaction, bool withPayload, bool withVector = true)
    {
        var partition = names.NameOf(transaction, row.GetInt64(1));
        var owner = row.IsDBNull(6) ? null : names.NameOf(transaction, row.GetInt64(6)) ?? "?";
        var model = row.IsDBNull(7) ? null : names.NameOf(transaction, row.GetInt64(7)) ?? "?";
        var labels = LabelsOf(row, names, transaction);
        if (partition is null || labels is null || !AreTimes(row.GetInt64(4), row.GetInt64(5)))
        {
            return null;
        }

        // The bytes are those of the row itself: checked and taken over without a copy in between. They are gone with the next row.
        var vector = raw.sqlite3_column_blob(row.Handle, 12);
        var payload = withPayload ? Bytes(row, 13) : null;
        var entry = new VectorEntry
        {
            Partition = partition,
            Id = row.GetString(2),
            Vector = withVector ? VectorBytes.Decode(vector) : default,
            EmbeddingModel = model,
            Metadata = Bytes(row, 11),
            Payload = payload,
            Labels = labels,
            Owner = owner,
            CreatedAt = new DateTimeOffset(row.GetInt64(4), TimeSpan.Zero),
            ExpiresAt = new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero),
        };
        var isIntact = RowChecksum.Of(entry, vector) == row.GetInt64(9) && (!withPayload || RowChecksum.Of(payload) == row.GetInt64(10));
        return isIntact ? entry : null;
    }

    private static string[]? LabelsOf(SqliteDataReader row, NameReader names, SqliteTransaction? transaction)
    {
        var numbers = NumberList.Decode(Bytes(row, 8));
        var labels = new string[numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (names.NameOf(transaction, numbers[i]) is not { } name)
            {
                return null;
            }

            labels[i] = name;
        }

        return labels;
    }

    private static bool AreTimes(long created, long expires) =>
        created >= 0 && created <= DateTimeOffset.MaxValue.UtcTicks && expires >= 0 && expires <= DateTimeOffset.MaxValue.UtcTicks;

    private static byte[]? Bytes(SqliteDataReader row, int column) => raw.sqlite3_column_blob(row.Handle, column) is { IsEmpty: false } bytes ? bytes.ToArray() : null;
}
