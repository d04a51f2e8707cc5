namespace RagCaching.DependencyInjection;

/// <summary>The part of <see cref="SemanticCachingChatClientOptions"/> that configuration can hold; the rest is delegates and services.</summary>
internal sealed class ChatClientSettings
{
    public bool? CacheWithTools { get; set; }

    public bool? CacheHostedConversations { get; set; }

    public IList<string> IgnoredProperties { get; private set; } = [];

    public TimeSpan? RewriteTimeout { get; set; }

    public TimeSpan? ReplayInterval { get; set; }

    public TimeSpan? AbandonedStreamTimeout { get; set; }

    /// <summary>Sets what the configuration names, and leaves the rest.</summary>
    public void ApplyTo(SemanticCachingChatClientOptions options)
    {
        options.CacheWithTools = CacheWithTools ?? options.CacheWithTools;
        options.CacheHostedConversations = CacheHostedConversations ?? options.CacheHostedConversations;
        foreach (var property in IgnoredProperties)
        {
            options.IgnoredProperties.Add(property);
        }

        options.RewriteTimeout = RewriteTimeout ?? options.RewriteTimeout;
        options.ReplayInterval = ReplayInterval ?? options.ReplayInterval;
        options.AbandonedStreamTimeout = AbandonedStreamTimeout ?? options.AbandonedStreamTimeout;
    }
}
