using RagCaching.LatencyLab.Calibration;
using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Rag;

namespace RagCaching.LatencyLab.Checks;

/// <summary>Three questions, one after the other: a new one, the same in other words, and the first again.</summary>
internal sealed record WalkThrough(WalkStep First, WalkStep Reworded, WalkStep Repeated)
{
    public static async Task<WalkThrough> RunAsync(RagApp app, RewordedPair pair, CallCounter calls, CancellationToken cancellationToken) =>
        new(
            await AskAsync(app, pair.Question, calls, cancellationToken),
            await AskAsync(app, pair.Rewording, calls, cancellationToken),
            await AskAsync(app, pair.Question, calls, cancellationToken));

    private static async Task<WalkStep> AskAsync(RagApp app, string question, CallCounter calls, CancellationToken cancellationToken)
    {
        var before = calls.Counts;
        var reply = await app.AskAsync(question, cancellationToken);
        return new WalkStep(question, reply, calls.Counts - before);
    }
}
