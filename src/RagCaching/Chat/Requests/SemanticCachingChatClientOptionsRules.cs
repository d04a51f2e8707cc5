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
        if (options.Rewriting is { } rewriting)
        {
            CheckWait(rewriting.Timeout, $"{nameof(options.Rewriting)}.{nameof(rewriting.Timeout)}");
        }
        else
        {
            errors.AddError("Must not be null.", nameof(options.Rewriting));
        }

        if (options.Streams is { } streams)
        {
            CheckStreams(streams);
        }
        else
        {
            errors.AddError("Must not be null.", nameof(options.Streams));
        }

        foreach (var (tool, timeToLive) in options.CacheableTools)
        {
            if (string.IsNullOrWhiteSpace(tool))
            {
                errors.AddError("Must not contain a blank name.", nameof(options.CacheableTools));
            }
            else if (timeToLive <= TimeSpan.Zero)
            {
                errors.AddError($"The time of '{tool}' must be positive, but was {timeToLive}.", nameof(options.CacheableTools));
            }
        }

        return errors.Build();

        void CheckStreams(SemanticCacheStreamOptions streams)
        {
            if (streams.AbandonedTimeout is { } abandoned)
            {
                CheckWait(abandoned, $"{nameof(options.Streams)}.{nameof(streams.AbandonedTimeout)}");
            }

            if (streams.ReplayInterval < TimeSpan.Zero || streams.ReplayInterval > MaximumPause)
            {
                errors.AddError($"Must be zero to {MaximumPause}, but was {streams.ReplayInterval}.", $"{nameof(options.Streams)}.{nameof(streams.ReplayInterval)}");
            }
        }

        void CheckWait(TimeSpan value, string property)
        {
            if (value <= TimeSpan.Zero || value > MaximumWait)
            {
                errors.AddError($"Must be positive and at most {MaximumWait}, but was {value}.", property);
            }
        }
    }
}
