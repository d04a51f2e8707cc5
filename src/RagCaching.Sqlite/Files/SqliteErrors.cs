using Microsoft.Data.Sqlite;

namespace RagCaching.Sqlite.Files;

/// <summary>Tells what is wrong with a file for good from what passes.</summary>
internal static class SqliteErrors
{
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Names what is wrong with a file for good.</summary>
    /// <returns><see langword="null"/> for what may pass: another process that writes, a full disk.</returns>
    public static JournalMismatchException? MismatchOf(SqliteException exception, string path)
    {
        var what = exception.SqliteErrorCode switch
        {
            NotADatabase => "is not a SQLite database",
            Corrupt => "is damaged",
            CannotOpen => "cannot be opened",
            ReadOnly => "is read-only",
            _ => null,
        };
        return what is null ? null : new JournalMismatchException(
            $"{nameof(SqliteJournalOptions)}.{nameof(SqliteJournalOptions.Path)}: '{path}' {what}. Name another file, put it right, or delete it to begin anew; it was not changed.", exception);
    }
}
