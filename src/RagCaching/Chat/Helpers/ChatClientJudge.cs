using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RagCaching.Chat.Helpers;

/// <summary>Asks a model one question that has a one-word answer, with the cache bypassed.</summary>
/// <remarks>Texts of users and models are given as JSON strings, and anything but exactly one of the expected words is no answer: a text that talks to the judge gets nothing served.</remarks>
internal sealed class ChatClientJudge(Func<IChatClient> client, string instructions)
{
    // On first use, not in a constructor: the client may lead through the cache that asks the judge.
    private readonly Lazy<IChatClient> _client = new(client);

    /// <summary>Asks.</summary>
    /// <param name="texts">What the instructions call by name, with the texts.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The model's word in upper case, whatever it is.</returns>
    public async ValueTask<string> AskAsync(IReadOnlyList<KeyValuePair<string, string>> texts, CancellationToken cancellationToken)
    {
        var lines = texts.Select(text => $"{text.Key}: \"{JsonEncodedText.Encode(text.Value)}\"");
        ChatMessage[] messages = [new(ChatRole.System, instructions), new(ChatRole.User, string.Join('\n', lines))];
        var options = new ChatOptions().WithSemanticCache(request => request.Mode = SemanticCacheMode.Bypass);
        var response = await _client.Value.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        return response.Text.Trim().TrimEnd('.').ToUpperInvariant();
    }
}
