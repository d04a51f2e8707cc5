using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagCaching.Chaos.Faults;

namespace RagCaching.Chaos.Models;

/// <summary>A chat model that goes wrong as its plan says: garbage is an empty answer without a finish reason.</summary>
/// <param name="answer">Makes the pieces of an answer to the messages.</param>
/// <param name="plan">The plan. Its operations are <c>chat</c>, and <c>piece</c> for each piece of a stream.</param>
public sealed class ChaosChatClient(Func<IEnumerable<ChatMessage>, ChatOptions?, IReadOnlyList<ChatResponseUpdate>> answer, FaultPlan plan) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        plan.RunTaskAsync("chat", _ => new ValueTask<ChatResponse>(answer(messages, options).ToChatResponse()), static () => new ChatResponse(), cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var pieces = await plan.RunAsync("chat", _ => new ValueTask<IReadOnlyList<ChatResponseUpdate>>(answer(messages, options)), static () => [], cancellationToken).ConfigureAwait(false);
        foreach (var piece in pieces)
        {
            yield return await plan.RunAsync("piece", _ => new ValueTask<ChatResponseUpdate>(piece), static () => new ChatResponseUpdate(), cancellationToken).ConfigureAwait(false);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType?.IsInstanceOfType(this) == true ? this : null;

    public void Dispose()
    {
    }
}
