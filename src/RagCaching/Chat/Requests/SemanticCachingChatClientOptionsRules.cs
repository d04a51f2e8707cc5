using Microsoft.Extensions.Options;

namespace RagCaching.Chat.Requests;

/// <summary>The rules of the chat client's settings.</summary>
internal sealed class SemanticCachingChatClientOptionsRules : IValidateOptions<SemanticCachingChatClientOptions>
{
    private static readonly TimeSpan MaximumWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaximumPause = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, SemanticCachingChatClientOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        CheckWait(options.RewriteTimeout, nameof(options.RewriteTimeout));
        if (options.AbandonedStreamTimeout is { } abandoned)
        {
            CheckWait(abandoned, nameof(options.AbandonedStreamTimeout));
        }

        if (options.ReplayInterval < TimeSpan.Zero || options.ReplayInterval > MaximumPause)
        {
            errors.AddError($"Must be zero to {MaximumPause}, but was {options.ReplayInterval}.", nameof(options.ReplayInterval));
        }

        return errors.Build();

        void CheckWait(TimeSpan value, string property)
        {
            if (value <= TimeSpan.Zero || value > MaximumWait)
            {
                errors.AddError($"Must be positive and at most {MaximumWait}, but was {value}.", property);
            }
        }
    }
}
