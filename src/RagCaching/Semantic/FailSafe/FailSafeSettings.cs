namespace RagCaching.Semantic.FailSafe;

/// <summary>How long callers with a stored answer wait for the model, and what they do when it fails.</summary>
/// <param name="SoftTimeout">How long they wait; <see langword="null"/> for as long as it takes.</param>
/// <param name="HardTimeout">How long a factory may take in all that none of them waits for any more.</param>
/// <param name="BreakerFailures">How many failures in a row make them wait no more; 0 for no number.</param>
/// <param name="BreakDuration">The time between two that try nevertheless.</param>
internal sealed record FailSafeSettings(TimeSpan? SoftTimeout, TimeSpan HardTimeout, int BreakerFailures, TimeSpan BreakDuration)
{
    public static FailSafeSettings From(FailSafeOptions options) =>
        new(options.SoftTimeout, options.HardTimeout, options.ModelBreaker.Failures, options.ModelBreaker.BreakDuration);
}
