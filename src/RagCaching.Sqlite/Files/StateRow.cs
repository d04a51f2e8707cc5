using Microsoft.Data.Sqlite;

namespace RagCaching.Sqlite.Files;

/// <summary>The row that counts versions and says to whom the file belongs. Not thread-safe.</summary>
internal sealed class StateRow(SqliteConnection connection, SqliteJournalOptions options) : IDisposable
{
    private readonly Statement _create = new(
        connection,
        "INSERT INTO state (id, incarnation, version, trimmed, last_removal, key_check, model, dimensions) VALUES (1, $1, 0, 0, 0, $2, $3, $4) ON CONFLICT DO NOTHING", 4);

    private readonly Statement _read = new(connection, "SELECT incarnation, version, trimmed, last_removal FROM state", 0);
    private readonly Statement _identity = new(connection, "SELECT key_check, model, dimensions FROM state", 0);
    private readonly Statement _name = new(connection, "UPDATE state SET model = coalesce(model, $1), dimensions = coalesce(dimensions, $2)", 2);
    private readonly Statement _write = new(connection, "UPDATE state SET version = $1, trimmed = $2, last_removal = $3", 3);

    /// <summary>Makes the row if it is not there, and checks that the file belongs to this host.</summary>
    /// <exception cref="JournalMismatchException">It does not.</exception>
    public void Check(SqliteTransaction transaction, JournalIdentity identity)
    {
        _create.Execute(transaction, Guid.NewGuid().ToString("N"), identity.KeyCheck, identity.EmbeddingModel, (long?)identity.Dimensions);
        string keyCheck;
        string? model;
        long? dimensions;
        using (var row = _identity.Read(transaction))
        {
            row.Read();
            keyCheck = row.GetString(0);
            model = row.IsDBNull(1) ? null : row.GetString(1);
            dimensions = row.IsDBNull(2) ? null : row.GetInt64(2);
        }

        if (keyCheck != identity.KeyCheck)
        {
            throw new JournalMismatchException(
                $"{nameof(RagCachingKeyOptions)}.{nameof(RagCachingKeyOptions.KeySecret)}: '{options.Path}' belongs to hosts with another secret (its check is {keyCheck}, that of this host is {identity.KeyCheck}). Set the secret of those hosts, or name another file.");
        }

        if (model is not null && identity.EmbeddingModel is { } other && model != other)
        {
            throw new JournalMismatchException(
                $"The embedding model: '{options.Path}' has vectors of the model '{model}', but this host uses '{other}'. Give each model a file of its own, or delete this one to begin anew.");
        }

        if (dimensions is { } stored && identity.Dimensions is { } own && stored != own)
        {
            throw new JournalMismatchException(
                $"The embedding model: '{options.Path}' has vectors of {stored} dimensions, but this host's model makes {own}. Give each model a file of its own, or delete this one to begin anew.");
        }

        if ((model is null && identity.EmbeddingModel is not null) || (dimensions is null && identity.Dimensions is not null))
        {
            _name.Execute(transaction, identity.EmbeddingModel, (long?)identity.Dimensions);
        }
    }

    /// <summary>Reads the row.</summary>
    public JournalState Read(SqliteTransaction? transaction)
    {
        using var row = _read.Read(transaction);
        return row.Read()
            ? new JournalState(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))
            : throw new InvalidDataException("The journal has lost its state; it has to be opened again.");
    }

    /// <summary>Writes the row.</summary>
    public void Write(SqliteTransaction transaction, JournalState state) => _write.Execute(transaction, state.Version, state.Trimmed, state.LastRemoval);

    public void Dispose()
    {
        foreach (var statement in new[] { _create, _read, _identity, _name, _write })
        {
            statement.Dispose();
        }
    }
}
