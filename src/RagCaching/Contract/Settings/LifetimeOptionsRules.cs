using System.Globalization;
using Microsoft.Extensions.Options;

namespace RagCaching.Contract.Settings;

/// <summary>The rules of <see cref="LifetimeOptions"/>.</summary>
internal static class LifetimeOptionsRules
{
    private const double LargestJitter = 0.5;

    /// <summary>Adds what is wrong.</summary>
    public static void Check(LifetimeOptions options, ValidateOptionsResultBuilder errors)
    {
        var maximum = SemanticCacheOptionsRules.MaximumTimeToLive;
        if (!Enum.IsDefined(options.VolatileQuestions))
        {
            Add(nameof(options.VolatileQuestions), $"Must be one of {string.Join(", ", Enum.GetNames<VolatileQuestionBehavior>())}, but was {options.VolatileQuestions}.");
        }

        Positive(options.VolatileTimeToLive, nameof(options.VolatileTimeToLive));
        NotNegative(options.RefusalTimeToLive, nameof(options.RefusalTimeToLive));
        NotNegative(options.NothingFoundTimeToLive, nameof(options.NothingFoundTimeToLive));
        if (!(options.Jitter is >= 0 and <= LargestJitter))
        {
            Add(nameof(options.Jitter), string.Create(CultureInfo.InvariantCulture, $"Must be a share in [0, {LargestJitter}], but was {options.Jitter}."));
        }

        foreach (var (name, times) in new[] { (nameof(options.ByTag), options.ByTag), (nameof(options.ByTool), options.ByTool), (nameof(options.ByPhrase), options.ByPhrase) })
        {
            foreach (var (key, time) in times)
            {
                Positive(time, $"{name}[{key}]");
                if (string.IsNullOrWhiteSpace(key))
                {
                    Add(name, "Must not contain a blank name.");
                }
            }
        }

        void Positive(TimeSpan time, string property)
        {
            if (time <= TimeSpan.Zero || time > maximum)
            {
                Add(property, $"Must be positive and at most {maximum}, but was {time}.");
            }
        }

        void NotNegative(TimeSpan? value, string property)
        {
            if (value is { } time && (time < TimeSpan.Zero || time > maximum))
            {
                Add(property, $"Must be at most {maximum}, or zero not to store such answers, but was {time}.");
            }
        }

        void Add(string property, string message) => errors.AddError(message, $"{nameof(SemanticCacheOptions.Lifetimes)}.{property}");
    }
}
