using Microsoft.Extensions.Options;

namespace RagCaching.Sqlite.Contract;

/// <summary>The rules for <see cref="SqliteJournalOptions"/>.</summary>
internal sealed class SqliteJournalOptionsRules : IValidateOptions<SqliteJournalOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteJournalOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (string.IsNullOrWhiteSpace(options.Path) || options.Path.Contains(":memory:", StringComparison.OrdinalIgnoreCase))
        {
            errors.AddError($"Must be the path of a file, but was '{options.Path}'.", nameof(options.Path));
        }

        Check(options.PollInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10), nameof(options.PollInterval));
        Check(options.RemovalRetention, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30), nameof(options.RemovalRetention));
        Check(options.SweepInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), nameof(options.SweepInterval));
        Check(options.BusyTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1), nameof(options.BusyTimeout));
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
