using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using RagCaching.Import.Databases;
using RagCaching.Import.Values;

namespace RagCaching;

/// <summary>Reads questions and answers from the SQLite file of a GPTCache, for <see cref="ISemanticCacheTransfer.ImportAnswersAsync"/>.</summary>
/// <remarks>
/// <para>
/// Read are the tables <c>gptcache_question</c> and <c>gptcache_answer</c>: of each question that is not deleted the first answer that is a text. Questions with dependencies (<c>gptcache_question_dep</c>) and answers
/// that are images are yielded as <see cref="ImportedAnswer.Faulty"/>, with the id of the question in place of a line. Vectors are not read: each question is embedded by the importing cache.
/// </para>
/// <para>The file is opened for reading and not changed. One row is in memory at a time. Thread-safe.</para>
/// </remarks>
public static class GptCacheAnswers
{
    private const int LongestTableName = 64;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, GPTCache's <c>sqlite.db</c>.</param>
    /// <param name="options">How to read; <see langword="null"/> for the defaults.</param>
    /// <returns>The answers in the order of their questions' ids. A file that turns out to be damaged later on ends with a fault.</returns>
    /// <exception cref="ArgumentException">The path is null or empty, or an option is out of range.</exception>
    /// <exception cref="FileNotFoundException">While it is enumerated: there is no such file.</exception>
    /// <exception cref="InvalidDataException">While it is enumerated: the file is no database of SQLite, or has no such tables. No answer was yielded.</exception>
    public static IAsyncEnumerable<ImportedAnswer> ReadAsync(string path, GptCacheOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var settings = options ?? new GptCacheOptions();
        OptionRules.Check(settings);
        var name = settings.TableName;
        if (name is not { Length: > 0 and <= LongestTableName } || !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_'))
        {
            throw new ArgumentException($"It must be from 1 to {LongestTableName} letters, digits and underscores of ASCII, and is '{name}'.", $"{nameof(options)}.{nameof(settings.TableName)}");
        }

        return ReadRowsAsync(path, settings);
    }

    // SQLite is asked on the caller's thread: its provider has no other way.
    private static async IAsyncEnumerable<ImportedAnswer> ReadRowsAsync(string path, GptCacheOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException("There is no such file.", path);
        }

        var rows = new GptCacheRow(options);
        var last = 0L;
        using var connection = Guarded(path, () => GptCacheTables.Open(path));
        using var command = connection.CreateCommand();
        using var reader = Guarded(path, () => Execute(command, options, GptCacheTables.Names(connection)));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ImportedAnswer? answer;
            var isDamaged = false;
            try
            {
                answer = await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? rows.Read(reader) : null;
            }
            catch (SqliteException exception)
            {
                answer = AnswerMaker.Faulty(last, "row", $"What follows cannot be read: {exception.Message}");
                isDamaged = true;
            }

            if (answer is null)
            {
                yield break;
            }

            yield return answer;
            if (isDamaged)
            {
                yield break;
            }

            last = answer.Line;
        }
    }

    private static SqliteDataReader Execute(SqliteCommand command, GptCacheOptions options, HashSet<string> tables)
    {
        foreach (var table in new[] { $"{options.TableName}_question", $"{options.TableName}_answer" })
        {
            if (!tables.Contains(table))
            {
                throw new InvalidDataException($"The database has no table '{table}' ({nameof(GptCacheOptions)}.{nameof(options.TableName)}).");
            }
        }

        command.CommandText = GptCacheTables.Query(options.TableName, tables.Contains($"{options.TableName}_question_dep"));
        command.Parameters.AddWithValue("$limit", options.MaxRecordLength);
        return command.ExecuteReader();
    }

    private static T Guarded<T>(string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (SqliteException exception)
        {
            throw new InvalidDataException($"'{path}' is no database of GPTCache: {exception.Message}", exception);
        }
    }
}
