using Npgsql;

namespace RagCaching.Postgres.Database;

/// <summary>Refuses the tables of other hosts.</summary>
internal static class IdentityCheck
{
    /// <summary>Compares what the tables say with what the host expects.</summary>
    /// <param name="row">Format, check of the keys, model and dimensions, as the tables say them.</param>
    /// <param name="identity">What the host expects.</param>
    /// <param name="schema">The name of the schema.</param>
    /// <exception cref="JournalMismatchException">The host must not use them.</exception>
    public static void ThrowIfOthers(NpgsqlDataReader row, JournalIdentity identity, string schema)
    {
        if (row.GetInt32(0) > Database.Schema.Format)
        {
            throw new JournalMismatchException(
                $"{nameof(PostgresJournalOptions)}.{nameof(PostgresJournalOptions.Schema)}: '{schema}' has format {row.GetInt32(0)}, but this version of RagCaching.Postgres knows formats up to {Database.Schema.Format}. Update the package, or name another schema; this one was not changed.");
        }

        if (row.GetString(1) is var keyCheck && keyCheck != identity.KeyCheck)
        {
            throw new JournalMismatchException(
                $"{nameof(RagCachingKeyOptions)}.{nameof(RagCachingKeyOptions.KeySecret)}: the schema '{schema}' belongs to hosts with another secret (its check is {keyCheck}, that of this host is {identity.KeyCheck}). Set the secret of those hosts, or name another schema.");
        }

        if (!row.IsDBNull(2) && identity.EmbeddingModel is { } model && row.GetString(2) != model)
        {
            throw new JournalMismatchException(
                $"The embedding model: the schema '{schema}' has vectors of the model '{row.GetString(2)}', but this host uses '{model}'. Give each model a schema of its own, or drop this one to begin anew.");
        }

        if (!row.IsDBNull(3) && identity.Dimensions is { } dimensions && row.GetInt32(3) != dimensions)
        {
            throw new JournalMismatchException(
                $"The embedding model: the schema '{schema}' has vectors of {row.GetInt32(3)} dimensions, but this host's model makes {dimensions}. Give each model a schema of its own, or drop this one to begin anew.");
        }
    }
}
