namespace RagCaching.Chaos.Faults;

/// <summary>Lets a scenario run once for each of its operations, in which exactly this one fails.</summary>
public static class EveryOperation
{
    private const int Most = 1_000;

    /// <summary>Runs a scenario without a failure to count its operations, and then once for each of them.</summary>
    /// <param name="scenario">Makes everything anew, with a plan that says which operation fails, and asserts what must hold whichever it is. It gets the number of that operation, 0 for none.</param>
    /// <param name="kind">How the operation fails.</param>
    /// <param name="time">What delays are measured by.</param>
    /// <returns>How many operations the scenario has when none fails.</returns>
    /// <exception cref="InvalidOperationException">The scenario does not hold. The message names the operation that failed, the inner exception says what does not hold.</exception>
    public static async Task<int> FailsAsync(Func<FaultPlan, int, Task> scenario, FaultKind kind = FaultKind.FailsAtOnce, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var first = new FaultPlan(time);
        await scenario(first, 0).ConfigureAwait(false);
        var count = first.Operations;
        if (count is 0 or > Most)
        {
            throw new InvalidOperationException($"The scenario has {count} operations; from 1 to {Most} can be failed one by one.");
        }

        for (var operation = 1; operation <= count; operation++)
        {
            try
            {
                await scenario(new FaultPlan(time) { FailingOperation = operation, FailingKind = kind }, operation).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"The scenario does not hold when operation {operation} of {count} goes wrong ({kind}).", exception);
            }
        }

        return count;
    }
}
