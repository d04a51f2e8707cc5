using Microsoft.Extensions.AI;
using RagCaching.Chat.Conversations;
using RagCaching.Chat.Helpers;
using RagCaching.Internal;

namespace RagCaching;

/// <summary>Rewrites turns with a chat model; a small one will do.</summary>
/// <remarks>
/// The model is asked with the cache bypassed. It sees the last turns of the conversation, as many as fit into 4,096 characters, and no other messages.
/// What it returns is used only as a question to the cache and to retrieval, never shown. Thread-safe.
/// </remarks>
public sealed class ChatClientQuestionRewriter : IQuestionRewriter
{
    private const int LongestQuestion = 1_024;

    private const string Instructions =
        "Rewrite the user's last message as one question that can be understood without the conversation: put in what words such as \"it\" or \"the second one\" "
        + "stand for, keep every name, number and negation, add nothing. If it can be understood already, repeat it unchanged. Reply with the question only.";

    private readonly Lazy<IChatClient> _client;

    /// <summary>Creates a rewriter.</summary>
    /// <param name="client">The model. Not disposed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is <see langword="null"/>.</exception>
    public ChatClientQuestionRewriter(IChatClient client)
        : this(() => client) => ArgumentNullException.ThrowIfNull(client);

    /// <summary>Creates a rewriter whose model is found on first use.</summary>
    /// <param name="client">Finds the model; called once. A model that is behind the cache that uses this rewriter must not be looked for earlier.</param>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is <see langword="null"/>.</exception>
    public ChatClientQuestionRewriter(Func<IChatClient> client)
    {
        ArgumentNullException.ThrowIfNull(client);

        _client = FirstUse.Of(client);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="conversation"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="conversation"/> is empty.</exception>
    public ValueTask<string?> RewriteAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        if (conversation.Count == 0)
        {
            throw new ArgumentException("The conversation is empty.", nameof(conversation));
        }

        return AskAsync(conversation, cancellationToken);
    }

    private async ValueTask<string?> AskAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken)
    {
        var client = _client.Value;
        var options = OwnCalls.OptionsFor(client, new ChatOptions { Temperature = 0 });
        ChatMessage[] prompt = [new(ChatRole.System, Instructions), .. LastTurns(conversation)];
        var response = await client.GetResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false);

        // A reply that was cut off, or that is an essay, is no question.
        return response.FinishReason is { } reason && reason != ChatFinishReason.Stop || response.Text.Length > LongestQuestion ? null : response.Text.Trim();
    }

    private static Stack<ChatMessage> LastTurns(IReadOnlyList<ChatMessage> conversation)
    {
        var turns = new Stack<ChatMessage>();
        var characters = 0;
        for (var i = conversation.Count - 1; i >= 0; i--)
        {
            if (!Conversation.IsSpoken(conversation[i]))
            {
                continue;
            }

            characters += conversation[i].Text.Length;
            if (characters > Conversation.MostShownCharacters && turns.Count > 0)
            {
                break;
            }

            turns.Push(new ChatMessage(conversation[i].Role, conversation[i].Text));
        }

        return turns;
    }
}
