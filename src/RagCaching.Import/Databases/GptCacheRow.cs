using Microsoft.Data.Sqlite;
using RagCaching.Import.Values;
using static RagCaching.Import.Databases.GptCacheTables;

namespace RagCaching.Import.Databases;

/// <summary>Makes an answer of a row of <see cref="Query"/>. A column of SQLite may hold a value of any type.</summary>
internal sealed class GptCacheRow(GptCacheOptions options)
{
    private readonly AnswerMaker _maker = new(options);

    public ImportedAnswer Read(SqliteDataReader row)
    {
        var id = Number(row, Column.Id) ?? 0;
        if (Number(row, Column.QuestionLength) > options.MaxRecordLength)
        {
            return AnswerMaker.TooLong(id, "question", options.MaxRecordLength);
        }

        if (Number(row, Column.AnswerLength) > options.MaxRecordLength)
        {
            return AnswerMaker.TooLong(id, "answer", options.MaxRecordLength);
        }

        if (Number(row, Column.Dependencies) is not 0)
        {
            return AnswerMaker.Faulty(id, "question_dep", "The question has dependencies, so that its text alone does not say what was asked.");
        }

        if (Number(row, Column.AnswerType) is { } type and not 0)
        {
            return AnswerMaker.Faulty(id, "answer_type", $"It is {type}: an image, and no text (0).");
        }

        return _maker.Make(id, new Record(Text(row, Column.Question), Text(row, Column.Answer)));
    }

    private static long? Number(SqliteDataReader row, Column column) => row.GetValue((int)column) as long?;

    private static string? Text(SqliteDataReader row, Column column) => row.GetValue((int)column) as string;
}
