using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Comparers;

/// <summary>Asks the comparer, counts the call, and makes "unknown" of whatever goes wrong.</summary>
internal sealed class ComparerCall(Lazy<IAnswerComparer> comparer, TimeSpan timeout, ErrorBudgetTelemetry telemetry, FaultReporting reporting)
{
    private readonly FaultBarrier _barrier = new(TelemetryNames.Operations.Compare, reporting, log: null, timeout);
    private long _comparisons;

    /// <summary>Gets how many comparisons were asked for.</summary>
    public long Comparisons => Interlocked.Read(ref _comparisons);

    /// <summary>Compares two answers; throws only when the caller's token was cancelled.</summary>
    public async ValueTask<AnswerComparison> CompareAsync(string question, StoredAnswer fresh, StoredAnswer cached, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _comparisons);
        var comparison = await _barrier.RunAsync(
            static (call, token) => call.Comparer.Value.CompareAsync(call.Question, AnswerPlayer.ToResponse(call.Fresh), AnswerPlayer.ToResponse(call.Cached), token),
            (Comparer: comparer, Question: question, Fresh: fresh, Cached: cached),
            AnswerComparison.Unknown,
            cancellationToken).ConfigureAwait(false);
        comparison = Enum.IsDefined(comparison) ? comparison : AnswerComparison.Unknown;
        telemetry.Compared(comparison);
        return comparison;
    }
}
