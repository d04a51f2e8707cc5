using RagCaching.Quality.Cli;

namespace RagCaching.Quality.Commands;

/// <summary>Reads the prior that error budgets are measured with.</summary>
internal static class PriorOption
{
    /// <summary>Reads a prior.</summary>
    /// <returns><see cref="ErrorBudgetPrior.None"/> where the command line names none: nothing that was made of the very questions may slip in.</returns>
    /// <exception cref="QualityException">The file is missing or is no prior.</exception>
    public static ErrorBudgetPrior Read(QualityOptions options)
    {
        if (options.PriorPath is not { } path)
        {
            return ErrorBudgetPrior.None;
        }

        try
        {
            using var file = File.OpenText(path);
            return ErrorBudgetPrior.Read(file);
        }
        catch (Exception exception) when (exception is IOException or FormatException or UnauthorizedAccessException)
        {
            throw new QualityException($"{path}: {exception.Message}");
        }
    }
}
