using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Rag;
using RagCaching.LatencyLab.Techniques;

namespace RagCaching.LatencyLab.Traffic;

/// <summary>Sends the planned traffic to the application, a number of requests at a time.</summary>
internal sealed class TrafficRunner(QuestionSet questions, IReadOnlyList<LabelledText> plan, int concurrency, CallCounter calls, TimeProvider time)
{
    /// <summary>Runs one technique.</summary>
    /// <param name="technique">The technique.</param>
    /// <param name="app">The application as the technique configures it.</param>
    /// <param name="answered">Is called after every answer, from any thread.</param>
    /// <param name="cancellationToken">Stops the traffic.</param>
    public async Task<TechniqueRun> RunAsync(Technique technique, RagApp app, Action answered, CancellationToken cancellationToken)
    {
        await WarmUpAsync(app, cancellationToken);

        var outcomes = new RequestOutcome[plan.Count];
        var before = calls.Counts;
        var started = time.GetTimestamp();
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, plan.Count, parallelism, async (i, token) =>
        {
            var reply = await app.AskAsync(plan[i].Text, token);
            var served = reply.IsHit ? reply.Answer.MatchedQuestion : null;
            outcomes[i] = new RequestOutcome(plan[i], reply, served is not null && !questions.HaveSameAnswer(plan[i].Text, served));
            answered();
        });
        return new TechniqueRun(technique, outcomes, calls.Counts - before, time.GetElapsedTime(started));
    }

    /// <summary>Opens connections and compiles code with texts that no question comes near, so that the caches still know nothing.</summary>
    private async Task WarmUpAsync(RagApp app, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(i => app.AskAsync($"warm-up {i}{i}{i}", cancellationToken)));

        // A repeat exercises hits.
        await app.AskAsync("warm-up 000", cancellationToken);
    }
}
