using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;

namespace RagCaching.Chat.Helpers;

/// <summary>Asks a model one question that has a one-word answer, with the cache bypassed.</summary>
/// <param name="client">Finds the model.</param>
/// <param name="instructions">What the model is told.</param>
/// <param name="words">The words that it may reply.</param>
/// <param name="logger">Where a reply is named that cannot be read.</param>
/// <remarks>Texts of users and models are given as JSON strings, and anything but one of the expected words is no answer: a text that talks to the judge gets nothing served.</remarks>
internal sealed class ChatClientJudge(Func<IChatClient> client, string instructions, string[] words, ILogger logger)
{
    // On first use, not in a constructor: the client may lead through the cache that asks the judge.
    private readonly Lazy<IChatClient> _client = new(client);
    private bool _unreadableNoted;

    /// <summary>Asks.</summary>
    /// <param name="texts">What the instructions call by name, with the texts.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>One of the words, or <see langword="null"/> for a reply that is none of them.</returns>
    public async ValueTask<string?> AskAsync(IReadOnlyList<KeyValuePair<string, string>> texts, CancellationToken cancellationToken)
    {
        var lines = texts.Select(text => $"{text.Key}: \"{JsonEncodedText.Encode(text.Value)}\"");
        ChatMessage[] messages = [new(ChatRole.System, instructions), new(ChatRole.User, string.Join('\n', lines))];
        var options = new ChatOptions().WithSemanticCache(request => request.Mode = SemanticCacheMode.Bypass);
        var response = await _client.Value.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        ModelSpending.Report(response.ModelId, response.Usage);
        var word = ShortReply.Read(response.Text, words);
        if (word is null && !Interlocked.Exchange(ref _unreadableNoted, true))
        {
            Log.UnreadableReply(logger, string.Join(", ", words));
        }

        return word;
    }
}
