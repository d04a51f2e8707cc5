using System.Globalization;
using Microsoft.Extensions.Options;

namespace RagCaching.Contract.Settings;

/// <summary>The rules that attributes cannot express without reflection: limits of time.</summary>
internal sealed class SemanticCacheOptionsRules : IValidateOptions<SemanticCacheOptions>
{
    internal static readonly TimeSpan MaximumTimeToLive = TimeSpan.FromDays(3650);
    private const double MaximumErrorRate = 0.5;
    private static readonly TimeSpan MaximumGeneration = TimeSpan.FromDays(1);
    private static readonly TimeSpan MaximumWait = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, SemanticCacheOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        Check(options.TimeToLive, MaximumTimeToLive, nameof(options.TimeToLive));
        Check(options.LookupTimeout, MaximumWait, nameof(options.LookupTimeout));
        Check(options.JoinTimeout, MaximumWait, nameof(options.JoinTimeout));
        Check(options.GenerationTimeout ?? MaximumWait, MaximumGeneration, nameof(options.GenerationTimeout));
        Check(options.VerifierTimeout, MaximumWait, nameof(options.VerifierTimeout));
        if (options.ErrorBudget is { } budget)
        {
            CheckBudget(budget);
        }

        return errors.Build();

        void CheckBudget(ErrorBudgetOptions budget)
        {
            Require(budget.MaxErrorRate is > 0 and <= MaximumErrorRate, "in (0, 0.5]", budget.MaxErrorRate, nameof(budget.MaxErrorRate));
            Require(budget.AuditRate is >= 0 and <= 1, "in [0, 1]", budget.AuditRate, nameof(budget.AuditRate));
            Require(budget.MinimumSimilarity is >= -1 and <= 1, "a cosine, in [-1, 1]", budget.MinimumSimilarity, nameof(budget.MinimumSimilarity));
            Require(budget.Neighbours is >= 2 and <= 64, "in [2, 64]", budget.Neighbours, nameof(budget.Neighbours));
            Check(budget.ComparisonTimeout, MaximumWait, $"{nameof(options.ErrorBudget)}.{nameof(budget.ComparisonTimeout)}");
        }

        void Require(bool isFulfilled, string range, double value, string property)
        {
            if (!isFulfilled)
            {
                errors.AddError(string.Create(CultureInfo.InvariantCulture, $"Must be {range}, but was {value}."), $"{nameof(options.ErrorBudget)}.{property}");
            }
        }

        void Check(TimeSpan value, TimeSpan maximum, string property)
        {
            if (value <= TimeSpan.Zero || value > maximum)
            {
                errors.AddError($"Must be positive and at most {maximum}, but was {value}.", property);
            }
        }
    }
}
