using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace RagCaching.Redis.Contract;

/// <summary>The rules for <see cref="RedisJournalOptions"/>.</summary>
internal sealed partial class RedisJournalOptionsRules : IValidateOptions<RedisJournalOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisJournalOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.Name is null || !JournalName.IsMatch(options.Name))
        {
            errors.AddError($"Must be 1 to 64 letters, digits and . : _ - but was '{options.Name}'.", nameof(options.Name));
        }

        if (options.KeptChanges is < 1_000 or > 10_000_000)
        {
            errors.AddError($"Must be from 1,000 to 10,000,000, but was {options.KeptChanges}.", nameof(options.KeptChanges));
        }

        if (options.ConnectionFactory is null)
        {
            CheckConfiguration(errors, options.Configuration);
        }

        return errors.Build();
    }

    // Its text may hold a password, so it is not repeated.
    private static void CheckConfiguration(ValidateOptionsResultBuilder errors, string configuration)
    {
        try
        {
            if (string.IsNullOrWhiteSpace(configuration) || ConfigurationOptions.Parse(configuration).EndPoints.Count == 0)
            {
                errors.AddError("Must name a server.", nameof(RedisJournalOptions.Configuration));
            }
        }
        catch (ArgumentException exception)
        {
            errors.AddError($"Is no configuration of StackExchange.Redis: {exception.Message}", nameof(RedisJournalOptions.Configuration));
        }
    }

    [GeneratedRegex("^[A-Za-z0-9.:_-]{1,64}$")]
    private static partial Regex JournalName { get; }
}
