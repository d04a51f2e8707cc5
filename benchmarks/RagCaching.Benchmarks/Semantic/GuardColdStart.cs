using RagCaching.Benchmarks.VectorStores;

namespace RagCaching.Benchmarks.Semantic;

/// <summary>What the first guard of a process and its first decisions cost, beside later ones.</summary>
/// <remarks>
/// Every process has only one cold start: run it several times. With <c>at-once</c> the decisions follow the construction immediately; otherwise they come after the
/// warm-up in the background, as they do in a process that takes longer than a second to start.
/// </remarks>
internal static class GuardColdStart
{
    private const int First = 20;
    private const int Decisions = 20_000;
    private const int Steady = 1_000;
    private const string Question = "Which documents does a tourist from Brazil need for a stay of 30 days in Japan?";

    public static async Task PrintAsync(TextWriter output, bool atOnce)
    {
        // The clock itself is compiled before.
        _ = ThreadClock.Microseconds;
        var before = ThreadClock.Microseconds;
        var guard = new LexicalGuard();
        var creation = ThreadClock.Microseconds - before;
        if (!atOnce)
        {
            await LexicalGuard.WhenWarmAsync();
        }

        var times = new double[Decisions];
        for (var i = 0; i < Decisions; i++)
        {
            before = ThreadClock.Microseconds;
            guard.Allows(Question, "What papers does a tourist from Brazil need to stay in Japan for 30 days?");
            times[i] = ThreadClock.Microseconds - before;
        }

        before = ThreadClock.Microseconds;
        var options = new LexicalGuardOptions();
        options.ProtectedWords.Add("staging");
        _ = new LexicalGuard(options);
        var own = ThreadClock.Microseconds - before;
        var steady = Median(times[^Steady..]);
        output.WriteLine(FormattableString.Invariant($"First guard: {creation / 1000:F1} ms; one with own words: {own / 1000:F1} ms"));
        output.WriteLine("| decisions | median, µs | of later ones |");
        output.WriteLine("|---|---|---|");
        output.WriteLine(FormattableString.Invariant($"| 1 | {times[0]:F1} | {times[0] / steady:F1} |"));
        output.WriteLine(FormattableString.Invariant($"| 2 to {First} | {Median(times[1..First]):F1} | {Median(times[1..First]) / steady:F2} |"));
        output.WriteLine(FormattableString.Invariant($"| the last {Steady} | {steady:F1} | 1 |"));
    }

    private static double Median(double[] times)
    {
        var sorted = times.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
