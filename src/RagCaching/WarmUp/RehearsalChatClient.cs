using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RagCaching.WarmUp;

/// <summary>Answers at once.</summary>
internal sealed class RehearsalChatClient : IChatClient
{
    private static readonly ChatClientMetadata Metadata = new("rehearsal", providerUri: null, Rehearsal.Name);

    public static ChatResponse NewAnswer() => new(new ChatMessage(ChatRole.Assistant, "Open the settings, choose a new password, and confirm it.")) { FinishReason = ChatFinishReason.Stop };

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => Task.FromResult(NewAnswer());

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in NewAnswer().ToChatResponseUpdates())
        {
            await Task.CompletedTask.ConfigureAwait(false);
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? Metadata : null;

    public void Dispose()
    {
    }
}
