using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Rules;

/// <summary>No exception that nobody looked at, and nothing left after disposal.</summary>
internal sealed class CleanRule : IHistoryRule
{
    public const string Unobserved = "No unobserved exception";
    public const string Leaked = "Nothing is left after disposal";

    public IEnumerable<Violation> Check(History history) =>
        history.Unobserved.Select(exception => new Violation(Unobserved, exception.ToString())).Concat(history.Leaks.Select(leak => new Violation(Leaked, leak)));
}
