using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.ErrorBudgets;

/// <summary>Learns from new answers before their calls return; whatever goes wrong costs a label, never an answer.</summary>
/// <remarks>Nothing of it runs in the background: a model that compares is called while its caller waits, or not at all.</remarks>
internal sealed class AnswerLearning(AnswerGrouping? grouping, TimeSpan groupingTimeout, FaultReporting reporting)
{
    private readonly FaultBarrier _learning = new(TelemetryNames.Operations.Learn, reporting);
    private readonly FaultBarrier _grouping = new(TelemetryNames.Operations.Learn, reporting, log: null, groupingTimeout);

    /// <summary>Learns from a new answer.</summary>
    /// <param name="request">The question.</param>
    /// <param name="exploration">The decision that was made before, if one was.</param>
    /// <param name="vector">The question's vector, if it is known.</param>
    /// <param name="answer">The new answer.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
    public ValueTask<Learnt> LearnAsync(
        CacheRequest request, IExploration? exploration, ReadOnlyMemory<float> vector, StoredAnswer answer, CancellationToken cancellationToken) =>
        exploration is not null
            ? _learning.RunAsync(static (call, token) => call.Exploration.LearnAsync(call.Answer, token), (Exploration: exploration, Answer: answer), default(Learnt), cancellationToken)
        : grouping is null || vector.IsEmpty
            ? ValueTask.FromResult(default(Learnt))
        : _grouping.RunAsync(
            static async (call, token) => new Learnt(await call.Grouping.GroupAsync(call.Request, call.Vector, call.Answer, token).ConfigureAwait(false)),
            (Grouping: grouping, Request: request, Vector: vector, Answer: answer),
            default(Learnt),
            cancellationToken);
}
