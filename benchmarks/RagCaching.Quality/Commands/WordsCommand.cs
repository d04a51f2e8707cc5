using RagCaching.Quality.Cli;
using RagCaching.Quality.Data;
using RagCaching.Quality.Report;
using RagCaching.Semantic.Requests;
using RagCaching.Semantic.Words;
using Spectre.Console;

namespace RagCaching.Quality.Commands;

/// <summary>Counts the questions that the words of the library take for volatile, and for questions about now.</summary>
internal static class WordsCommand
{
    private static readonly string[] Columns = ["set", "questions", "volatile", "about now"];

    public static QualityReport Run(QualityOptions options, IAnsiConsole console)
    {
        var report = new QualityReport("Questions that words take for volatile");
        var aboutNow = new TimeWords(phrases: [], exceptions: []);
        var changing = new VolatileQuestions(TimeWords.Phrases, TimeWords.Exceptions);
        var rows = new List<string[]>();
        console.Status().Start("words", _ =>
        {
            foreach (var folder in options.Inputs)
            {
                var questions = EvaluationFolder.ReadTexts(folder);
                rows.Add([Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), Figures.Count(questions.Length), Figures.Share(questions.Count(changing.Includes), questions.Length), Figures.Share(questions.Count(aboutNow.AreIn), questions.Length)]);
            }
        });
        report.Tables.Add(new ReportTable("Share of the questions", Columns, rows));
        return report;
    }
}
