using Microsoft.Extensions.Options;

namespace RagCaching.Semantic;

/// <summary>The rules that attributes cannot express without reflection: limits of time.</summary>
internal sealed class SemanticCacheOptionsRules : IValidateOptions<SemanticCacheOptions>
{
    internal static readonly TimeSpan MaximumTimeToLive = TimeSpan.FromDays(3650);
    private static readonly TimeSpan MaximumWait = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, SemanticCacheOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        Check(options.TimeToLive, MaximumTimeToLive, nameof(options.TimeToLive));
        Check(options.LookupTimeout, MaximumWait, nameof(options.LookupTimeout));
        Check(options.JoinTimeout, MaximumWait, nameof(options.JoinTimeout));
        return errors.Build();

        void Check(TimeSpan value, TimeSpan maximum, string property)
        {
            if (value <= TimeSpan.Zero || value > maximum)
            {
                errors.AddError($"Must be positive and at most {maximum}, but was {value}.", property);
            }
        }
    }
}
