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
        CheckPositive(errors, options.RetrievalTimeout, MaximumWait, nameof(options.RetrievalTimeout));
        CheckPositive(errors, options.RetrievalCache.TimeToLive, MaximumTimeToLive, $"{nameof(options.RetrievalCache)}.{nameof(options.RetrievalCache.TimeToLive)}");
        CheckPositive(errors, options.Reranking.Timeout, MaximumWait, $"{nameof(options.Reranking)}.{nameof(options.Reranking.Timeout)}");
        CheckPositive(errors, options.Reranking.TimeToLive, MaximumTimeToLive, $"{nameof(options.Reranking)}.{nameof(options.Reranking.TimeToLive)}");
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

    private static void CheckPositive(ValidateOptionsResultBuilder errors, TimeSpan value, TimeSpan maximum, string setting)
    {
        if (value <= TimeSpan.Zero || value > maximum)
        {
            errors.AddError($"Must be positive and at most {maximum}, but was {value}.", setting);
        }
    }
}
