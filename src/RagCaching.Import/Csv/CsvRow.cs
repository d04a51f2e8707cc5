using System.Globalization;
using RagCaching.Import.Values;
using RagCaching.Semantic.Transfers;

namespace RagCaching.Import.Csv;

/// <summary>Makes an answer of the fields of a row.</summary>
internal sealed class CsvRow(CsvAnswerOptions options, CsvColumns columns)
{
    private readonly AnswerMaker _maker = new(options);

    /// <summary>Finds what is wrong with the number of fields of a row; <see langword="null"/> for nothing.</summary>
    public ImportedAnswer? FaultOf(long line, int count) => count > columns.Count
        ? AnswerMaker.Faulty(line, "row", $"It has {count} fields and the first row {columns.Count}: a field that has the delimiter '{options.Delimiter}' in it must stand in quotation marks.")
        : null;

    public ImportedAnswer Read(long line, string[] fields)
    {
        CacheScope? scope = null;
        if (columns.Scope >= 0 && (scope = ScopeParts.TryMake(Field(fields, columns.Scope)?.Split(options.Separator))) is null)
        {
            return AnswerMaker.Faulty(line, options.ScopeColumn!, $"A scope has no blank parts, and this is {ImportTally.Shown(Field(fields, columns.Scope) ?? "")}.");
        }

        TimeSpan? timeToLive = null;
        if (Field(fields, columns.TimeToLive) is { } text && !string.IsNullOrWhiteSpace(text) && (timeToLive = ParseTime(text)) is null)
        {
            return AnswerMaker.Faulty(line, options.TimeToLiveColumn!, $"It must be a positive number of seconds, or [d.]hh:mm:ss, and is {ImportTally.Shown(text)}.");
        }

        return _maker.Make(line, new Record(Field(fields, columns.Question), Field(fields, columns.Answer))
        {
            QuestionField = options.QuestionColumn ?? "question",
            AnswerField = options.AnswerColumn ?? "answer",
            Scope = scope,
            Partition = Field(fields, columns.Partition) is { } partition && !string.IsNullOrWhiteSpace(partition) ? partition.Trim() : null,
            Tags = Field(fields, columns.Tags)?.Split(options.Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            TimeToLive = timeToLive,
        });
    }

    private static string? Field(string[] fields, int column) => column >= 0 && column < fields.Length ? fields[column] : null;

    private static TimeSpan? ParseTime(string text)
    {
        var trimmed = text.Trim();
        if (int.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
        }

        return trimmed.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(trimmed, "c", CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero ? time : null;
    }
}
