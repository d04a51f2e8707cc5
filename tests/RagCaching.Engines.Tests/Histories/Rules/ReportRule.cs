using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Rules;

/// <summary>No answer to a question for which it was reported as wrong: on the same instance at once, on the others when everything is written and read.</summary>
internal sealed class ReportRule : IHistoryRule
{
    public const string Name = "No answer that was reported as wrong";

    public IEnumerable<Violation> Check(History history)
    {
        var reports = history.Operations.Where(operation => operation is { Step.Kind: StepKind.ReportWrong, Status: EntryStatus.Done, Failure: null }).ToLookup(operation => operation.EntryId);
        foreach (var served in history.Operations.Where(operation => operation is { IsServed: true, Failure: null }))
        {
            foreach (var report in reports[served.EntryId].Where(report => report.Responded < served.Invoked && report.Step.Key == served.Step.Key))
            {
                if (ReferenceEquals(report.Life, served.Life) || (served.IsFinal && report.Life.IsFlushed && history.Losses == 0))
                {
                    yield return new Violation(Name, "It was reported before.", report, served);
                }
            }
        }
    }
}
