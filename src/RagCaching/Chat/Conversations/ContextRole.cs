using Microsoft.Extensions.AI;

namespace RagCaching.Chat.Conversations;

/// <summary>Tells context apart from what was said, in the order in which a request is compared: the question last.</summary>
internal static class ContextRole
{
    private const string Prefix = "ragcaching.context/";

    /// <summary>Tells whether a message of a compared request is context.</summary>
    public static bool Is(ChatMessage message) => message.Role.Value.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Puts the messages of a request in the order in which they are compared.</summary>
    /// <param name="messages">The messages as they are sent.</param>
    /// <param name="isContext">Tells which are context; <see langword="null"/> for none.</param>
    /// <returns>
    /// The same array where there is no context. Otherwise context has a role of its own, which is neither a turn nor replaceable, that of what stands after the question says so, and the last message that
    /// is no context is the last one.
    /// </returns>
    public static ChatMessage[] Compared(ChatMessage[] messages, Func<ChatMessage, bool>? isContext)
    {
        if (isContext is null)
        {
            return messages;
        }

        var context = messages.Select(isContext).ToArray();
        var question = Array.LastIndexOf(context, false);
        if (question < 0 || !context.Contains(true))
        {
            return messages;
        }

        var compared = new List<ChatMessage>(messages.Length);
        for (var i = 0; i < messages.Length; i++)
        {
            if (i != question)
            {
                compared.Add(context[i] ? Marked(messages[i], isAfterQuestion: i > question) : messages[i]);
            }
        }

        compared.Add(messages[question]);
        return [.. compared];
    }

    private static ChatMessage Marked(ChatMessage message, bool isAfterQuestion)
    {
        var marked = message.Clone();
        marked.Role = new ChatRole($"{Prefix}{(isAfterQuestion ? "after" : "before")}/{message.Role.Value}");
        return marked;
    }
}
