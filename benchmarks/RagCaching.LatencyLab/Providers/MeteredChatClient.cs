using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Providers;

/// <summary>Counts the calls that reach the chat model: it stands behind every cache.</summary>
internal sealed class MeteredChatClient(IChatClient inner, CallCounter counter) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        counter.ChatCalled();
        return base.GetResponseAsync(messages, options, cancellationToken);
    }

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        counter.ChatCalled();
        return base.GetStreamingResponseAsync(messages, options, cancellationToken);
    }

    /// <summary>Leaves the address of a server on this machine out, since the lab's own has another port in each run: the address belongs to the key of answers.</summary>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        base.GetService(serviceType, serviceKey) is ChatClientMetadata { ProviderUri.IsLoopback: true } metadata
            ? new ChatClientMetadata(metadata.ProviderName, providerUri: null, metadata.DefaultModelId)
            : base.GetService(serviceType, serviceKey);
}
