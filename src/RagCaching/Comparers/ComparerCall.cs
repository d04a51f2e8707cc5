using RagCaching.Diagnostics;
using RagCaching.Internal.Limits;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Comparers;

/// <summary>Asks the comparer, counts the call, and makes "unknown" of whatever goes wrong.</summary>
internal sealed class ComparerCall(Lazy<IAnswerComparer> comparer, TimeSpan timeout, TimeProvider time, CacheTelemetry telemetry)
{
    private long _comparisons;

    /// <summary>Gets how many comparisons were asked for.</summary>
    public long Comparisons => Interlocked.Read(ref _comparisons);

    /// <summary>Compares two answers; throws only when the caller's token was cancelled.</summary>
    public async ValueTask<AnswerComparison> CompareAsync(string question, StoredAnswer fresh, StoredAnswer cached, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _comparisons);
        var comparison = AnswerComparison.Unknown;
        try
        {
            var answers = (Question: question, Fresh: AnswerPlayer.ToResponse(fresh), Cached: AnswerPlayer.ToResponse(cached));
            comparison = await TimeLimit.RunAsync(
                (call, token) => comparer.Value.CompareAsync(call.Question, call.Fresh, call.Cached, token), answers, timeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            telemetry.Failed(TelemetryNames.Operations.Compare, exception.GetType().Name);
        }

        telemetry.ComparedAnswers(comparison.ToString());
        return Enum.IsDefined(comparison) ? comparison : AnswerComparison.Unknown;
    }
}
