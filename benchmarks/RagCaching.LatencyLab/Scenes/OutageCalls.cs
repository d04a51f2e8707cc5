using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>Takes note of when each call of the model began, and whether it succeeded.</summary>
internal sealed class OutageCalls(IChatClient inner, TimeProvider time) : DelegatingChatClient(inner)
{
    private readonly ConcurrentQueue<(long Began, bool Succeeded)> _calls = [];

    /// <summary>Gets the calls in the order in which they ended.</summary>
    public IReadOnlyList<(long Began, bool Succeeded)> Calls => [.. _calls];

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var began = time.GetTimestamp();
        var succeeded = false;
        try
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken);
            succeeded = true;
            return response;
        }
        finally
        {
            _calls.Enqueue((began, succeeded));
        }
    }
}
