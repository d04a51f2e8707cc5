using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace RagCaching.Compatibility.Tests.Agents;

/// <summary>A context provider that injects what a test says.</summary>
internal sealed class ContextDouble : AIContextProvider
{
    /// <summary>A message of the user's role; <see langword="null"/> for none.</summary>
    public string? Message { get; set; }

    public string? Instructions { get; set; }

    /// <summary>The answers that the provider was told of.</summary>
    public List<string> Answers { get; } = [];

    protected override ValueTask<AIContext> ProvideAIContextAsync(InvokingContext context, CancellationToken cancellationToken = default) => ValueTask.FromResult(new AIContext
    {
        Messages = Message is null ? null : [new ChatMessage(ChatRole.User, Message)],
        Instructions = Instructions,
    });

    protected override ValueTask StoreAIContextAsync(InvokedContext context, CancellationToken cancellationToken = default)
    {
        Answers.AddRange(context.ResponseMessages?.Select(message => message.Text) ?? []);
        return ValueTask.CompletedTask;
    }
}
