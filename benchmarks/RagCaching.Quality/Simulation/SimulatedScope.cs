using RagCaching.ErrorBudgets;
using RagCaching.ErrorBudgets.Model;

namespace RagCaching.Quality.Simulation;

/// <summary>Runs the error budget of one scope on simulated decisions.</summary>
internal static class SimulatedScope
{
    private const int Others = 4;
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly float[] Vector = [1, 0];

    /// <summary>Runs a scope.</summary>
    /// <param name="curve">The truth.</param>
    /// <param name="maxErrorRate">The budget.</param>
    /// <param name="auditRate">The share of hits that are audited.</param>
    /// <param name="requests">How many requests come.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <param name="prior">What fits start from.</param>
    /// <returns>How many were served, and how many of those are expected to be wrong by the truth.</returns>
    public static (int Served, double ExpectedWrong, long Trips) Run(
        KnownCurve curve, double maxErrorRate, double auditRate, int requests, int seed, CancellationToken cancellationToken, ErrorBudgetPrior? prior = null)
    {
        var random = new Random(seed);
        var scope = new ScopeBudget(maxErrorRate, isStrict: false, FitPlan.From(prior));
        var (served, wrong) = (0, 0.0);
        for (var i = 0; i < requests; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var similarity = 1 - (0.4f * MathF.Sqrt(random.NextSingle()));
            var (neighbours, agreeing) = Neighbours(random, similarity, i);
            var probability = curve.Probability(similarity, agreeing);
            var isRight = random.NextDouble() < probability;
            var decision = scope.Decide("a question", Vector, neighbours, 0);
            if (decision.MayServe)
            {
                served++;
                wrong += 1 - probability;
            }

            var isAudit = decision.MayServe && random.NextDouble() < auditRate;
            if (!decision.MayServe || isAudit)
            {
                scope.Learn(decision, isRight, isAudit ? ExplorationKind.Audit : ExplorationKind.NotServed, Start);
            }
            else
            {
                scope.Served();
            }

            if (scope.TryBeginRefit() is { } work)
            {
                scope.EndRefit(work.Run(cancellationToken));
            }
        }

        return (served, wrong, scope.Read().BreakerTrips);
    }

    // Every decision is about a group of its own, so that nothing but the curve decides.
    private static (Neighbour[] Neighbours, int Agreeing) Neighbours(Random random, float similarity, int request)
    {
        var own = ((ulong)request * 2) + 1;
        var neighbours = new Neighbour[Others + 1];
        neighbours[0] = new Neighbour("a question", "n", own, similarity, Start);
        var agreeing = 0;
        for (var i = 1; i <= Others; i++)
        {
            var agrees = random.NextDouble() < 0.5;
            agreeing += agrees ? 1 : 0;
            neighbours[i] = new Neighbour("another one", "n", agrees ? own : own + 1, similarity - (0.02f * i), Start);
        }

        return (neighbours, agreeing);
    }
}
