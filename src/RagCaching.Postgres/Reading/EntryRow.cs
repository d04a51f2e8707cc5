using Npgsql;
using RagCaching.Postgres.Database;

namespace RagCaching.Postgres.Reading;

/// <summary>A row of the table of entries, before its names are known.</summary>
internal sealed record EntryRow(long Version, long Created, long Expires, long Origin, int Partition, int? Owner, int? Model, string Id, int[] Labels, byte[] Metadata, byte[] Vector, byte[] Payload)
{
    /// <summary>Gets the numbers of all names of the row.</summary>
    public IEnumerable<int> Names => [Partition, .. Labels, .. Owner is { } owner ? new[] { owner } : [], .. Model is { } model ? new[] { model } : []];

    /// <summary>The columns, in the order in which they are read; of one's own rows without what the instance has itself.</summary>
    /// <param name="withPayload">Whether the answer is read.</param>
    /// <param name="withVector">Whether the vector is read.</param>
    /// <param name="exceptOrigin">The parameter with the origin whose bodies are left out; <see langword="null"/> for none.</param>
    public static string Columns(bool withPayload, bool withVector, string? exceptOrigin)
    {
        return $"version, created, expires, origin, partition, owner, model, id, labels, {Body("metadata", true)}, {Body("vector", withVector)}, {Body("payload", withPayload)}";

        string Body(string column, bool isRead) => !isRead ? "''::bytea" : exceptOrigin is null ? column : $"CASE origin WHEN {exceptOrigin} THEN ''::bytea ELSE {column} END";
    }

    /// <summary>Reads the row that a reader is at.</summary>
    public static EntryRow Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetInt64(1),
        row.GetInt64(2),
        row.GetInt64(3),
        row.GetInt32(4),
        row.IsDBNull(5) ? null : row.GetInt32(5),
        row.IsDBNull(6) ? null : row.GetInt32(6),
        row.GetString(7),
        row.GetFieldValue<int[]>(8),
        row.GetFieldValue<byte[]>(9),
        row.GetFieldValue<byte[]>(10),
        row.GetFieldValue<byte[]>(11));

    /// <summary>Makes the entry.</summary>
    /// <returns><see langword="null"/> if a name is missing or a time is impossible: the row was damaged.</returns>
    public VectorEntry? ToEntry(NameReader names)
    {
        var labels = Labels.Select(names.NameOf).ToArray();
        if (names.NameOf(Partition) is not { } partition || Array.IndexOf(labels, null) >= 0 || !IsTime(Created) || !IsTime(Expires))
        {
            return null;
        }

        return new VectorEntry
        {
            Partition = partition,
            Id = Id,
            Vector = VectorBytes.Decode(Vector),
            EmbeddingModel = Model is { } model ? names.NameOf(model) : null,
            Metadata = Metadata,
            Payload = Payload,
            Labels = labels!,
            Owner = Owner is { } owner ? names.NameOf(owner) : null,
            CreatedAt = new DateTimeOffset(Created, TimeSpan.Zero),
            ExpiresAt = new DateTimeOffset(Expires, TimeSpan.Zero),
        };

        static bool IsTime(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks;
    }
}
