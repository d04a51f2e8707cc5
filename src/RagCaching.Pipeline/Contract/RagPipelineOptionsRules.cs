using Microsoft.Extensions.Options;

namespace RagCaching.Pipeline.Contract;

/// <summary>The rules that attributes cannot express without reflection.</summary>
internal sealed class RagPipelineOptionsRules : IValidateOptions<RagPipelineOptions>
{
    private static readonly TimeSpan MaximumWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaximumTimeToLive = TimeSpan.FromDays(3650);

    public ValidateOptionsResult Validate(string? name, RagPipelineOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.RetrievalTimeout <= TimeSpan.Zero || options.RetrievalTimeout > MaximumWait)
        {
            errors.AddError($"Must be positive and at most {MaximumWait}, but was {options.RetrievalTimeout}.", nameof(options.RetrievalTimeout));
        }

        if (options.PartialAnswerTimeToLive < TimeSpan.Zero || options.PartialAnswerTimeToLive > MaximumTimeToLive)
        {
            errors.AddError($"Must be zero to {MaximumTimeToLive}, but was {options.PartialAnswerTimeToLive}.", nameof(options.PartialAnswerTimeToLive));
        }

        if (!Enum.IsDefined(options.NoChunks))
        {
            errors.AddError($"Must be one of {string.Join(", ", Enum.GetNames<NoChunksBehavior>())}, but was {options.NoChunks}.", nameof(options.NoChunks));
        }

        return errors.Build();
    }
}
