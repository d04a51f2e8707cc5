using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace RagCaching.Postgres.Contract;

/// <summary>The rules for <see cref="PostgresJournalOptions"/>.</summary>
internal sealed partial class PostgresJournalOptionsRules : IValidateOptions<PostgresJournalOptions>
{
    public ValidateOptionsResult Validate(string? name, PostgresJournalOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        CheckConnection(errors, options.ConnectionString);
        if (options.Schema is null || !SchemaName.IsMatch(options.Schema))
        {
            errors.AddError($"Must be 1 to 48 small letters, digits and underscores and not begin with a digit, but was '{options.Schema}'.", nameof(options.Schema));
        }

        Check(options.PollInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10), nameof(options.PollInterval));
        Check(options.RemovalRetention, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30), nameof(options.RemovalRetention));
        Check(options.SweepInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), nameof(options.SweepInterval));
        return errors.Build();

        void Check(TimeSpan value, TimeSpan least, TimeSpan most, string property)
        {
            if (value < least || value > most)
            {
                errors.AddError($"Must be from {least} to {most}, but was {value}.", property);
            }
        }
    }

    // Its text may hold a password, so it is not repeated.
    private static void CheckConnection(ValidateOptionsResultBuilder errors, string connection)
    {
        try
        {
            if (string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connection).Host))
            {
                errors.AddError("Must name a Host.", nameof(PostgresJournalOptions.ConnectionString));
            }
        }
        catch (ArgumentException exception)
        {
            errors.AddError($"Is no connection string of Npgsql: {exception.Message}", nameof(PostgresJournalOptions.ConnectionString));
        }
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,47}$")]
    private static partial Regex SchemaName { get; }
}
