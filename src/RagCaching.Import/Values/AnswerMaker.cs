using RagCaching.Semantic.Transfers;

namespace RagCaching.Import.Values;

/// <summary>Makes an answer of what a record says, or says what is wrong with it. Nothing of a record is believed.</summary>
internal sealed class AnswerMaker(AnswerReaderOptions options)
{
    private const char Replacement = '\uFFFD';

    private readonly string[] _tags = [.. options.Tags];

    /// <summary>Makes an answer.</summary>
    public ImportedAnswer Make(long line, in Record record)
    {
        if (WrongIn(record.Question, options.MaxRecordLength) is { } question)
        {
            return Faulty(line, record.QuestionField, question);
        }

        if (WrongIn(record.Answer, options.MaxRecordLength) is { } answer)
        {
            return Faulty(line, record.AnswerField, answer);
        }

        return new ImportedAnswer
        {
            Question = record.Question!,
            Answer = record.Answer!,
            Scope = record.Scope ?? options.Scope,
            Partition = record.Partition ?? options.Partition,
            Tags = record.Tags is { Count: > 0 } tags ? [.. _tags, .. tags] : _tags,
            TimeToLive = options.TimeToLive ?? record.TimeToLive,
            IsCurated = options.AreCurated,
            Line = line,
        };
    }

    public static ImportedAnswer Faulty(long line, string field, string problem) => ImportedAnswer.Faulty(new ImportFault(line, field, problem));

    public static ImportedAnswer TooLong(long line, string field, int limit) =>
        Faulty(line, field, $"It is longer than {limit} ({nameof(AnswerReaderOptions)}.{nameof(AnswerReaderOptions.MaxRecordLength)}).");

    private static string? WrongIn(string? text, int limit)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return text is null ? "It is missing." : "It is blank.";
        }

        if (text.Length > limit)
        {
            return $"It has {text.Length} characters, and at most {limit} are read ({nameof(AnswerReaderOptions)}.{nameof(AnswerReaderOptions.MaxRecordLength)}).";
        }

        return text.Contains(Replacement, StringComparison.Ordinal) ? $"It has bytes that are not of the encoding: {ImportTally.Shown(text)}." : null;
    }
}
