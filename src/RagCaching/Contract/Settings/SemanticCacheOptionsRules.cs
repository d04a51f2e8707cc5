using System.Globalization;
using Microsoft.Extensions.Options;

namespace RagCaching.Contract.Settings;

/// <summary>The rules that attributes cannot express without reflection: limits of time.</summary>
internal sealed class SemanticCacheOptionsRules : IValidateOptions<SemanticCacheOptions>
{
    internal static readonly TimeSpan MaximumTimeToLive = TimeSpan.FromDays(3650);
    internal const int MaximumPrice = 1_000_000;
    private const double MaximumErrorRate = 0.5;
    private static readonly TimeSpan MaximumDay = TimeSpan.FromDays(1);
    private static readonly TimeSpan MaximumWait = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, SemanticCacheOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        Check(options.TimeToLive, MaximumTimeToLive, nameof(options.TimeToLive));
        if (NameOfMissing(options) is { } missing)
        {
            errors.AddError("Must not be null.", missing);
            return errors.Build();
        }

        CheckFreshness(options.Freshness);
        LifetimeOptionsRules.Check(options.Lifetimes, errors);
        FailSafeOptionsRules.Check(options.FailSafe, options.Limits.GenerationTimeout, errors);

        CheckLimits(options.Limits);
        foreach (var threshold in options.ScopeThresholds)
        {
            CheckThreshold(threshold);
        }

        foreach (var rule in options.Thresholds)
        {
            CheckRule(rule);
        }

        foreach (var price in options.Prices)
        {
            CheckPrice(price);
        }

        if (options.ErrorBudget is { } budget)
        {
            CheckBudget(budget);
        }

        return errors.Build();

        void CheckFreshness(FreshnessOptions freshness)
        {
            Check(freshness.TimeToLive, MaximumTimeToLive, $"{nameof(options.Freshness)}.{nameof(freshness.TimeToLive)}");
            if (!Enum.IsDefined(freshness.Behavior))
            {
                errors.AddError($"Must be one of {string.Join(", ", Enum.GetNames<FreshnessBehavior>())}, but was {freshness.Behavior}.", $"{nameof(options.Freshness)}.{nameof(freshness.Behavior)}");
            }

            if (freshness.Phrases.Concat(freshness.Exceptions).Any(string.IsNullOrWhiteSpace))
            {
                errors.AddError("Must not contain a blank phrase.", $"{nameof(options.Freshness)}.{nameof(freshness.Phrases)}");
            }
        }

        void CheckLimits(SemanticCacheLimits limits)
        {
            Check(limits.LookupTimeout, MaximumWait, $"{nameof(options.Limits)}.{nameof(limits.LookupTimeout)}");
            Check(limits.JoinTimeout, MaximumWait, $"{nameof(options.Limits)}.{nameof(limits.JoinTimeout)}");
            Check(limits.GenerationTimeout ?? MaximumWait, MaximumDay, $"{nameof(options.Limits)}.{nameof(limits.GenerationTimeout)}");
            Check(limits.VerifierTimeout, MaximumWait, $"{nameof(options.Limits)}.{nameof(limits.VerifierTimeout)}");
            Check(limits.NewAnswersWindow, MaximumDay, $"{nameof(options.Limits)}.{nameof(limits.NewAnswersWindow)}");
        }

        // The parts of a scope may name a customer, so they stay out of the message.
        void CheckThreshold(ScopeThreshold threshold)
        {
            if (threshold is null || threshold.Scope.Any(string.IsNullOrWhiteSpace))
            {
                errors.AddError("Must not contain null, or a scope with a blank part.", nameof(options.ScopeThresholds));
            }
            else if (!(threshold.MinimumSimilarity is >= -1 and <= 1))
            {
                errors.AddError(string.Create(CultureInfo.InvariantCulture, $"Must be cosines, in [-1, 1], but one was {threshold.MinimumSimilarity}."), nameof(options.ScopeThresholds));
            }
        }

        void CheckRule(ThresholdRule rule)
        {
            if (rule is null || rule.IsEmpty)
            {
                errors.AddError("Must not contain null, or a rule that names no partition, tag or embedding model.", nameof(options.Thresholds));
            }
            else if (!(rule.MinimumSimilarity is >= -1 and <= 1))
            {
                errors.AddError(string.Create(CultureInfo.InvariantCulture, $"Must be cosines, in [-1, 1], but one was {rule.MinimumSimilarity}."), nameof(options.Thresholds));
            }
        }

        void CheckPrice(ModelPrice price)
        {
            if (string.IsNullOrWhiteSpace(price?.Model))
            {
                errors.AddError("Must not contain null, or a price without a model.", nameof(options.Prices));
            }
            else if (price.InputPerMillionTokens is < 0 or > MaximumPrice || price.OutputPerMillionTokens is < 0 or > MaximumPrice)
            {
                errors.AddError(
                    string.Create(CultureInfo.InvariantCulture, $"Must be in [0, {MaximumPrice}], but that of '{price.Model}' was {price.InputPerMillionTokens} for input and {price.OutputPerMillionTokens} for output."), nameof(options.Prices));
            }
        }

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

    private static string? NameOfMissing(SemanticCacheOptions options) =>
        options.Limits is null ? nameof(options.Limits)
        : options.Shadow is null ? nameof(options.Shadow)
        : options.Freshness is null ? nameof(options.Freshness)
        : options.FailSafe is null ? nameof(options.FailSafe)
        : options.Lifetimes is null ? nameof(options.Lifetimes)
        : options.VerifierBand is null ? nameof(options.VerifierBand)
        : null;
}
