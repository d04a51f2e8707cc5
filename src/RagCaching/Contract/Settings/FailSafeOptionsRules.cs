using System.Globalization;
using Microsoft.Extensions.Options;

namespace RagCaching.Contract.Settings;

/// <summary>The rules of <see cref="FailSafeOptions"/>.</summary>
internal static class FailSafeOptionsRules
{
    private static readonly TimeSpan LongestHardTimeout = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestBreak = TimeSpan.FromHours(1);

    /// <summary>Adds what is wrong.</summary>
    /// <param name="options">The options.</param>
    /// <param name="generationTimeout">The limit of a generation, which the soft one must be below.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void Check(FailSafeOptions options, TimeSpan? generationTimeout, ValidateOptionsResultBuilder errors)
    {
        Positive(options.StaleIfError, SemanticCacheOptionsRules.MaximumTimeToLive, nameof(options.StaleIfError));
        Positive(options.HardTimeout, LongestHardTimeout, nameof(options.HardTimeout));
        if (options.SoftTimeout is { } soft)
        {
            Positive(soft, LongestHardTimeout, nameof(options.SoftTimeout));
            Below(soft, options.HardTimeout, "HardTimeout");
            Below(soft, generationTimeout ?? TimeSpan.MaxValue, "Limits.GenerationTimeout");
        }

        if (options.EagerRefresh is { } share && !(share is > 0 and < 1))
        {
            Add(nameof(options.EagerRefresh), string.Create(CultureInfo.InvariantCulture, $"Must be a share of the lifetime, in (0, 1), or null for never, but was {share}."));
        }

        if (options.ModelBreaker is not { } breaker)
        {
            Add(nameof(options.ModelBreaker), "Must not be null; set its Failures to 0 for no breaker.");
            return;
        }

        Positive(breaker.BreakDuration, LongestBreak, $"{nameof(options.ModelBreaker)}.{nameof(breaker.BreakDuration)}");
        if (breaker.Failures is < 0 or > ModelBreakerOptions.MaximumFailures)
        {
            Add($"{nameof(options.ModelBreaker)}.{nameof(breaker.Failures)}", $"Must be in [0, {ModelBreakerOptions.MaximumFailures}], but was {breaker.Failures}.");
        }

        void Positive(TimeSpan? value, TimeSpan maximum, string property)
        {
            if (value is { } time && (time <= TimeSpan.Zero || time > maximum))
            {
                Add(property, $"Must be positive and at most {maximum}, but was {time}.");
            }
        }

        void Below(TimeSpan value, TimeSpan limit, string other)
        {
            if (value >= limit)
            {
                Add(nameof(options.SoftTimeout), $"Must be less than {other} ({limit}), but was {value}.");
            }
        }

        void Add(string property, string message) => errors.AddError(message, $"{nameof(SemanticCacheOptions.FailSafe)}.{property}");
    }
}
