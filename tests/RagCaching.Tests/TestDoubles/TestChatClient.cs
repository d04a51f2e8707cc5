using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RagCaching.Tests.TestDoubles;

/// <summary>A chat client whose behaviour a test sets; by default it answers each call with its number.</summary>
internal sealed class TestChatClient : IChatClient
{
    private readonly Lock _lock = new();
    private readonly List<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> _requests = [];

    /// <summary>What the client says of itself; <see langword="null"/> for nothing.</summary>
    public ChatClientMetadata? Metadata { get; set; } = new("test", new Uri("http://localhost"), "test-chat-model");

    public Func<IReadOnlyList<ChatMessage>, ChatOptions?, CancellationToken, Task<ChatResponse>>? ResponseCallback { get; set; }

    public Func<IReadOnlyList<ChatMessage>, ChatOptions?, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>>? StreamCallback { get; set; }

    public IReadOnlyList<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public int Calls => Requests.Count;

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (list, number) = Add(messages, options);
        return ResponseCallback is { } callback ? await callback(list, options, cancellationToken) : CacheFixture.Answer($"answer {number}");
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (list, number) = Add(messages, options);
        var stream = StreamCallback is { } callback
            ? callback(list, options, cancellationToken)
            : CacheFixture.Answer($"answer {number}").ToChatResponseUpdates().ToAsyncEnumerable();
        await foreach (var update in stream.WithCancellation(cancellationToken))
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ChatClientMetadata) ? Metadata
        : serviceKey is null && serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }

    private (IReadOnlyList<ChatMessage> Messages, int Number) Add(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var list = messages.ToArray();
        lock (_lock)
        {
            _requests.Add((list, options));
            return (list, _requests.Count);
        }
    }
}
