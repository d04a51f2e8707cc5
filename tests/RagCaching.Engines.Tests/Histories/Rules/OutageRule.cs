using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Rules;

/// <summary>Nothing that is stored is served by an instance that has not reached its journal for MaxStaleness.</summary>
internal sealed class OutageRule : IHistoryRule
{
    public const string Name = "Nothing from an instance that is cut off";

    public IEnumerable<Violation> Check(History history)
    {
        var staleness = History.Microseconds(history.Plan.Settings.MaxStaleness);
        foreach (var outage in history.Outages)
        {
            foreach (var served in history.Operations.Where(operation => operation.IsServed && (outage.Life is null || ReferenceEquals(outage.Life, operation.Life)) && operation.Invoked > outage.From + staleness && operation.Responded < outage.To))
            {
                yield return new Violation(Name, $"The journal has been out of reach since {outage.From} and until {outage.To}.", served);
            }
        }
    }
}
