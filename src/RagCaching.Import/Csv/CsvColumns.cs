using System.Globalization;

namespace RagCaching.Import.Csv;

/// <summary>Where the fields stand, from 0; -1 for one that there is not.</summary>
internal sealed record CsvColumns(int Question, int Answer, int Tags, int Scope, int Partition, int TimeToLive, int Count)
{
    /// <summary>Finds the columns.</summary>
    /// <param name="options">What they are called.</param>
    /// <param name="first">The first row.</param>
    /// <exception cref="InvalidDataException">There is no such column.</exception>
    public static CsvColumns Find(CsvAnswerOptions options, string[] first)
    {
        var question = Position(options.QuestionColumn ?? (options.HasHeader ? "question" : "1"), nameof(options.QuestionColumn), options, first);
        var answer = Position(options.AnswerColumn ?? (options.HasHeader ? "answer" : "2"), nameof(options.AnswerColumn), options, first);
        return new CsvColumns(
            question,
            answer,
            Position(options.TagsColumn, nameof(options.TagsColumn), options, first),
            Position(options.ScopeColumn, nameof(options.ScopeColumn), options, first),
            Position(options.PartitionColumn, nameof(options.PartitionColumn), options, first),
            Position(options.TimeToLiveColumn, nameof(options.TimeToLiveColumn), options, first),
            first.Length);
    }

    private static int Position(string? column, string option, CsvAnswerOptions options, string[] first)
    {
        if (column is null)
        {
            return -1;
        }

        var named = options.HasHeader ? Array.FindIndex(first, name => string.Equals(name.Trim(), column, StringComparison.OrdinalIgnoreCase)) : -1;
        if (named >= 0)
        {
            return named;
        }

        if (int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= first.Length)
        {
            return number - 1;
        }

        var kind = options.HasHeader ? "The header names no" : "The first row has no";
        throw new InvalidDataException($"line 1, {column}: {kind} column '{column}' ({option}); it has {first.Length} field(s). Is the delimiter '{options.Delimiter}'?");
    }
}
