using Microsoft.Extensions.Options;

namespace RagCaching.Journals;

/// <summary>The rules that attributes cannot express without reflection: limits of time.</summary>
internal sealed class JournaledVectorStoreOptionsRules : IValidateOptions<JournaledVectorStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, JournaledVectorStoreOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        Check(options.MaxStaleness, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1), nameof(options.MaxStaleness));
        Check(options.CallTimeout, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(5), nameof(options.CallTimeout));
        Check(options.LeaseDuration, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1), nameof(options.LeaseDuration));
        Check(options.DrainTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(5), nameof(options.DrainTimeout));
        if (!Enum.IsDefined(options.WhenQueueIsFull))
        {
            errors.AddError($"Must be one of {string.Join(", ", Enum.GetNames<JournalFullBehavior>())}, but was {options.WhenQueueIsFull}.", nameof(options.WhenQueueIsFull));
        }

        return errors.Build();

        void Check(TimeSpan value, TimeSpan least, TimeSpan most, string property)
        {
            if (value < least || value > most)
            {
                errors.AddError($"Must be from {least} to {most}, but was {value}.", property);
            }
        }
    }
}
