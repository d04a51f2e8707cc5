using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Faults;

namespace RagCaching.Pipeline.Caching;

/// <summary>Asks the guards whether what was retrieved for one question may serve another. Any doubt is a no.</summary>
internal sealed class GuardPanel(Func<IEnumerable<IMatchGuard>> guards, PipelineTelemetry telemetry)
{
    // Made on first use, as those of the semantic cache are: a guard may need services that are not there before. What fails is tried again.
    private readonly Lazy<IMatchGuard[]> _guards = new(() => [.. guards()], LazyThreadSafetyMode.PublicationOnly);

    public bool Allows(string question, string candidate) => FaultBarrier.Run(
        () => _guards.Value.All(guard => guard.RuleAgainst(question, candidate) is null),
        exception =>
        {
            telemetry.CacheFailed(PipelineNames.CacheKinds.Retrieval, exception);
            return false;
        });
}
