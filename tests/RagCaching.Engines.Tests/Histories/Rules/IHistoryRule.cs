using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Rules;

/// <summary>A promise that a history keeps or breaks.</summary>
internal interface IHistoryRule
{
    IEnumerable<Violation> Check(History history);
}
