using Npgsql;

namespace RagCaching.Postgres.Writing;

/// <summary>Where and when a batch is appended.</summary>
/// <param name="Connection">The connection, inside its transaction.</param>
/// <param name="Tables">The schema as it stands in SQL.</param>
/// <param name="Now">The time in ticks.</param>
/// <param name="Origin">The instance that appends.</param>
internal sealed record AppendScope(NpgsqlConnection Connection, string Tables, long Now, long Origin);
