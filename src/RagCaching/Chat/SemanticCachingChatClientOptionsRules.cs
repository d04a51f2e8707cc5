using Microsoft.Extensions.Options;

namespace RagCaching.Chat;

/// <summary>The rules of the chat client's settings.</summary>
internal sealed class SemanticCachingChatClientOptionsRules : IValidateOptions<SemanticCachingChatClientOptions>
{
    private static readonly TimeSpan MaximumWait = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, SemanticCachingChatClientOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.RewriteTimeout <= TimeSpan.Zero || options.RewriteTimeout > MaximumWait)
        {
            errors.AddError($"Must be positive and at most {MaximumWait}, but was {options.RewriteTimeout}.", nameof(options.RewriteTimeout));
        }

        return errors.Build();
    }
}
