namespace RagCaching.DependencyInjection;

/// <summary>The part of <see cref="SemanticCachingChatClientOptions"/> that configuration can hold; the rest is delegates and services.</summary>
internal sealed class ChatClientSettings
{
    public IDictionary<string, TimeSpan> CacheableTools { get; private set; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    public bool? CacheHostedConversations { get; set; }

    public IList<string> IgnoredProperties { get; private set; } = [];

    public RewritingSettings Rewriting { get; private set; } = new();

    public StreamSettings Streams { get; private set; } = new();

    /// <summary>Sets what the configuration names, and leaves the rest.</summary>
    public void ApplyTo(SemanticCachingChatClientOptions options)
    {
        foreach (var (name, timeToLive) in CacheableTools)
        {
            options.CacheableTools[name] = timeToLive;
        }

        options.CacheHostedConversations = CacheHostedConversations ?? options.CacheHostedConversations;
        foreach (var property in IgnoredProperties)
        {
            options.IgnoredProperties.Add(property);
        }

        options.Rewriting.Timeout = Rewriting.Timeout ?? options.Rewriting.Timeout;
        options.Streams.ReplayInterval = Streams.ReplayInterval ?? options.Streams.ReplayInterval;
        options.Streams.AbandonedTimeout = Streams.AbandonedTimeout ?? options.Streams.AbandonedTimeout;
    }

    internal sealed class RewritingSettings
    {
        public TimeSpan? Timeout { get; set; }
    }

    internal sealed class StreamSettings
    {
        public TimeSpan? ReplayInterval { get; set; }

        public TimeSpan? AbandonedTimeout { get; set; }
    }
}
