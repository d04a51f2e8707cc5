using RagCaching.ErrorBudgets.Gates;

namespace RagCaching.Quality.Simulation;

/// <summary>Shows a breaker audits that are wrong at a known rate.</summary>
internal static class BreakerRun
{
    /// <summary>Counts audits until the breaker trips.</summary>
    /// <param name="budget">The share of wrong answers that the breaker allows.</param>
    /// <param name="rate">The share that is wrong in truth.</param>
    /// <param name="most">How many audits it is shown at most.</param>
    /// <param name="seed">The seed of what is wrong.</param>
    /// <returns>The number; one more than <paramref name="most"/> where it did not trip.</returns>
    public static int AuditsUntilAlarm(double budget, double rate, int most, int seed)
    {
        var random = new Random(seed);
        var breaker = new AuditBreaker(budget);
        for (var audits = 1; audits <= most; audits++)
        {
            if (breaker.Add(random.NextDouble() >= rate))
            {
                return audits;
            }
        }

        return most + 1;
    }
}
