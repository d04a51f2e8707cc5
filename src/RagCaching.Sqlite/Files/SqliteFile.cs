using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RagCaching.Sqlite.Files;

/// <summary>Opens connections to a file, makes it if it is not there, and refuses what is not ours.</summary>
internal sealed class SqliteFile(SqliteJournalOptions options)
{
    /// <summary>Opens a connection; the file is made or checked.</summary>
    /// <exception cref="JournalMismatchException">The file can never be used. Nothing was changed in it.</exception>
    /// <exception cref="SqliteException">Another process holds the file, or the disk fails.</exception>
    public SqliteConnection Open()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(options.Path)) is { } folder && !Directory.Exists(folder))
        {
            throw new JournalMismatchException($"{nameof(SqliteJournalOptions)}.{nameof(options.Path)}: the folder '{folder}' does not exist. Create it, or name another path.");
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.Path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)Math.Ceiling(options.BusyTimeout.TotalSeconds)),
        }.ToString());
        try
        {
            Prepare(connection);
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            if (SqliteErrors.MismatchOf(exception, options.Path) is { } mismatch)
            {
                throw mismatch;
            }

            throw;
        }
        catch (JournalMismatchException)
        {
            connection.Dispose();
            throw;
        }
    }

    private static long Pragma(SqliteConnection connection, string name) => Convert.ToInt64(Scalar(connection, $"PRAGMA {name}"), CultureInfo.InvariantCulture);

    // A transaction that is open is the connection's own.
    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void Prepare(SqliteConnection connection)
    {
        connection.Open();
        Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(int)options.BusyTimeout.TotalMilliseconds}"));
        if (!IsOurs(connection))
        {
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA page_size = {Schema.PageSize}; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL"));
            Create(connection);
        }

        ThrowIfFromTheFuture(Pragma(connection, "user_version"));
        Run(connection, $"PRAGMA synchronous = {(options.ForceToDisk ? "FULL" : "NORMAL")}; PRAGMA cache_size = -8192; PRAGMA trusted_schema = OFF");
    }

    private static void Create(SqliteConnection connection)
    {
        // Another process may be doing the same.
        using var transaction = connection.BeginTransaction(deferred: false);
        if (Pragma(connection, "application_id") == Schema.ApplicationId)
        {
            return;
        }

        Run(connection, Schema.Create);
        Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {Schema.ApplicationId}; PRAGMA user_version = {Schema.Version}"));
        transaction.Commit();
    }

    // Tells our files from empty ones, and refuses all others. In one transaction: another process may be making the file at this moment.
    private bool IsOurs(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: true);
        var application = Pragma(connection, "application_id");
        if (application == Schema.ApplicationId)
        {
            return true;
        }

        if (application != 0 || Convert.ToInt64(Scalar(connection, "SELECT count(*) FROM sqlite_schema"), CultureInfo.InvariantCulture) != 0)
        {
            throw new JournalMismatchException($"{nameof(SqliteJournalOptions)}.{nameof(options.Path)}: '{options.Path}' is a SQLite database of another application. Name another file; this one was not changed.");
        }

        return false;
    }

    private void ThrowIfFromTheFuture(long version)
    {
        if (version > Schema.Version)
        {
            throw new JournalMismatchException(
                $"{nameof(SqliteJournalOptions)}.{nameof(options.Path)}: '{options.Path}' has format {version}, but this version of RagCaching.Sqlite knows formats up to {Schema.Version}. Update the package, or name another file; this one was not changed.");
        }
    }
}
