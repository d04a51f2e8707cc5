using Npgsql;

namespace RagCaching.Postgres.Database;

/// <summary>Reaches the server, makes the tables if they are not there, and checks that they belong to this host.</summary>
internal sealed class JournalDatabase : IAsyncDisposable
{
    private const int ConnectSeconds = 3;
    private const string InvalidCatalog = "3D000";
    private const string InvalidPassword = "28P01";
    private const string InvalidAuthorization = "28000";
    private const string InsufficientPrivilege = "42501";

    private readonly PostgresJournalOptions _options;

    public JournalDatabase(PostgresJournalOptions options)
    {
        _options = options;
        Schema = new Schema(options.Schema);
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        if (!connection.ContainsKey("Timeout") || connection.Timeout == 15)
        {
            connection.Timeout = ConnectSeconds;
        }

        Source = NpgsqlDataSource.Create(connection);
    }

    /// <summary>Gets where connections come from.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>Gets the names of the tables.</summary>
    public Schema Schema { get; }

    /// <summary>Makes or checks the tables.</summary>
    /// <exception cref="JournalMismatchException">They can never be used by this host.</exception>
    /// <exception cref="NpgsqlException">The server is out of reach, or refuses.</exception>
    public async ValueTask<JournalPosition> OpenAsync(JournalIdentity identity, CancellationToken cancellationToken)
    {
        try
        {
            return await CheckAsync(identity, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState is InvalidCatalog or InvalidPassword or InvalidAuthorization or InsufficientPrivilege)
        {
            throw new JournalMismatchException(
                $"{nameof(PostgresJournalOptions)}.{nameof(_options.ConnectionString)}: the server refuses this user or database ({exception.SqlState}: {exception.MessageText}). Put it right; the user needs CREATE on the database, or the tables made beforehand and rights on them.", exception);
        }
    }

    /// <summary>Reads the state.</summary>
    public async ValueTask<JournalState> ReadStateAsync(CancellationToken cancellationToken)
    {
        var command = Source.CreateCommand($"SELECT incarnation, version, trimmed, last_removal FROM {Schema.Name}.state");
        await using var commandScope = command.ConfigureAwait(false);
        var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var rowScope = row.ConfigureAwait(false);
        return await ReadStateAsync(row, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the state from a row.</summary>
    public static async ValueTask<JournalState> ReadStateAsync(NpgsqlDataReader row, CancellationToken cancellationToken) => await row.ReadAsync(cancellationToken).ConfigureAwait(false)
        ? new JournalState(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))
        : throw new InvalidDataException("The journal has lost its state; it has to be opened again.");

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private static async ValueTask<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using var commandScope = command.ConfigureAwait(false);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is { } result and not DBNull ? result : null;
    }

    private async ValueTask<JournalPosition> CheckAsync(JournalIdentity identity, CancellationToken cancellationToken)
    {
        var connection = await Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var connectionScope = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var transactionScope = transaction.ConfigureAwait(false);
        await ScalarAsync(connection, "SELECT pg_advisory_xact_lock($1)", cancellationToken, Schema.LockKey).ConfigureAwait(false);
        if (await ScalarAsync(connection, "SELECT to_regclass($1)::text", cancellationToken, $"{Schema.Name}.state").ConfigureAwait(false) is null)
        {
            await ScalarAsync(connection, Schema.Create, cancellationToken).ConfigureAwait(false);
        }

        await ScalarAsync(
            connection,
            $"INSERT INTO {Schema.Name}.state (id, format, incarnation, version, trimmed, last_removal, key_check, model, dimensions) VALUES (1, $1, $2, 0, 0, 0, $3, $4::text, $5::int) ON CONFLICT DO NOTHING",
            cancellationToken,
            Schema.Format,
            Guid.NewGuid().ToString("N"),
            identity.KeyCheck,
            identity.EmbeddingModel,
            identity.Dimensions).ConfigureAwait(false);
        await ThrowIfOthersAsync(connection, identity, cancellationToken).ConfigureAwait(false);
        await ScalarAsync(
            connection,
            $"UPDATE {Schema.Name}.state SET model = coalesce(model, $1::text), dimensions = coalesce(dimensions, $2::int) WHERE (model IS NULL AND $1::text IS NOT NULL) OR (dimensions IS NULL AND $2::int IS NOT NULL)",
            cancellationToken,
            identity.EmbeddingModel,
            identity.Dimensions).ConfigureAwait(false);
        JournalState state;
        var command = new NpgsqlCommand($"SELECT incarnation, version, trimmed, last_removal FROM {Schema.Name}.state", connection);
        await using (command.ConfigureAwait(false))
        {
            var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var rowScope = row.ConfigureAwait(false);
            state = await ReadStateAsync(row, cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return state.Position;
    }

    private async ValueTask ThrowIfOthersAsync(NpgsqlConnection connection, JournalIdentity identity, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand($"SELECT format, key_check, model, dimensions FROM {Schema.Name}.state", connection);
        await using var commandScope = command.ConfigureAwait(false);
        var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var rowScope = row.ConfigureAwait(false);
        await row.ReadAsync(cancellationToken).ConfigureAwait(false);
        IdentityCheck.ThrowIfOthers(row, identity, _options.Schema);
    }
}
