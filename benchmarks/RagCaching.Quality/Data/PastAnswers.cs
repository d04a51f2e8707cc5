using System.Globalization;

namespace RagCaching.Quality.Data;

/// <summary>What a host was asked and answered in the past, in that order.</summary>
/// <param name="Name">The name of the log.</param>
/// <param name="Questions">The questions.</param>
/// <param name="Answers">The answer that was given to each.</param>
/// <param name="Notes">What was left out.</param>
internal sealed record PastAnswers(string Name, string[] Questions, string[] Answers, IReadOnlyList<string> Notes)
{
    // Each question is compared with all before it.
    private const int Most = 20_000;
    private const string ChatLogEnding = ".jsonl";

    /// <summary>Tells whether a file is such a log: chats as JSON Lines, or CSV with a column for answers and none for labels.</summary>
    public static bool IsLog(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        if (path.EndsWith(ChatLogEnding, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        string[] columns = [.. (File.ReadLines(path).FirstOrDefault() ?? "").Split(',').Select(column => column.Trim(' ', '"', '\uFEFF').ToLowerInvariant())];
        return columns.Contains("answer") && !columns.Contains("label");
    }

    /// <summary>Reads a log.</summary>
    /// <exception cref="QualityException">A column is missing, or there is nothing in it.</exception>
    public static async Task<PastAnswers> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        await using var file = File.OpenRead(path);
        var read = path.EndsWith(ChatLogEnding, StringComparison.OrdinalIgnoreCase) ? ChatLogAnswers.ReadAsync(file) : CsvAnswers.ReadAsync(file);
        var taken = new List<ImportedAnswer>();
        var (faults, first) = (0, default(ImportFault));
        try
        {
            await foreach (var answer in read.WithCancellation(cancellationToken))
            {
                if (answer.Fault is { } fault)
                {
                    (faults, first) = (faults + 1, first ?? fault);
                }
                else
                {
                    taken.Add(answer);
                }
            }
        }
        catch (InvalidDataException exception)
        {
            throw new QualityException($"{path}: {exception.Message}");
        }

        return taken.Count > 1
            ? new PastAnswers(name, [.. taken.TakeLast(Most).Select(answer => answer.Question)], [.. taken.TakeLast(Most).Select(answer => answer.Answer)], [.. NotesOf(name, taken.Count, faults, first)])
            : throw new QualityException($"{path}: {taken.Count} answers were read; nothing can be compared.{(first is null ? "" : $" The first fault: {first}")}");
    }

    private static IEnumerable<string> NotesOf(string name, int taken, int faults, ImportFault? first)
    {
        if (taken > Most)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{name}: of {taken:N0} answers the last {Most:N0} were taken.");
        }

        if (first is not null)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{name}: {faults:N0} answers were left out; the first: {first}");
        }
    }
}
