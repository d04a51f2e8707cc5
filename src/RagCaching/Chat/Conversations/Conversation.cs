using System.Buffers;
using Microsoft.Extensions.AI;
using RagCaching.Internal.Digests;

namespace RagCaching.Chat.Conversations;

/// <summary>Tells the parts of a conversation apart: instructions, what was said before the first question, and the dialogue.</summary>
internal static class Conversation
{
    /// <summary>How many UTF-16 code units of the dialogue, its last message included, a rewriter is shown; older messages are never replaced.</summary>
    public const int MostShownCharacters = 4_096;

    // Of all scripts that have one. Greek has U+037E, and more often the semicolon, which is no sure sign.
    private static readonly SearchValues<char> QuestionMarks = SearchValues.Create("?？؟\u037E՞፧⁇⁈⁉︖﹖");

    private static readonly ChatRole Developer = new("developer");

    /// <summary>Tells whether a message instructs the model.</summary>
    public static bool IsInstruction(ChatMessage message) => message.Role == ChatRole.System || message.Role == Developer;

    /// <summary>Tells whether a message is a part of what user and model said to each other.</summary>
    public static bool IsSpoken(ChatMessage message) => message.Role == ChatRole.User || message.Role == ChatRole.Assistant;

    /// <summary>Tells whether the last message is a later turn. Instructions and context are no turns, and neither is a greeting of the assistant before the first question.</summary>
    public static bool HasEarlierTurns(ReadOnlySpan<ChatMessage> messages)
    {
        foreach (var message in messages[..^1])
        {
            if (message.Role != ChatRole.Assistant && !IsInstruction(message) && !ContextRole.Is(message))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds the part of the dialogue before the last message that a question made of all of it may replace.</summary>
    /// <returns>
    /// For each message whether it may be replaced; <see langword="null"/> where none may. Other roles never are, nor what stands before the first answer, except the question that was answered there:
    /// a message without a question mark may be context for all that follows. What is too far back to be shown to a rewriter is kept, too.
    /// </returns>
    public static bool[]? ReplaceableOf(ChatMessage[] messages)
    {
        var start = StartOfDialogue(messages);
        var replaceable = new bool[messages.Length];
        var characters = messages[^1].Text.Length;
        var any = false;
        for (var i = messages.Length - 2; i >= start; i--)
        {
            if (!IsSpoken(messages[i]))
            {
                continue;
            }

            characters += messages[i].Text.Length;
            if (characters > MostShownCharacters)
            {
                break;
            }

            replaceable[i] = any = true;
        }

        return any ? replaceable : null;
    }

    /// <summary>Digests the dialogue that is replaced by a question, and the turn that the question was made of.</summary>
    public static Digest DigestOf(ChatMessage[] messages, bool[] replaceable, string turn)
    {
        var builder = new DigestBuilder(stackalloc byte[512], "ragcaching/dialogue/1");
        for (var i = 0; i < messages.Length; i++)
        {
            if (replaceable[i])
            {
                builder.Add(messages[i].Role.Value);
                builder.Add(messages[i].AuthorName);
                builder.Add(messages[i].Text);
            }
        }

        builder.Add(turn);
        return builder.Complete([]);
    }

    private static int StartOfDialogue(ChatMessage[] messages)
    {
        var asked = -1;
        for (var i = 0; i < messages.Length - 1; i++)
        {
            if (messages[i].Role == ChatRole.User)
            {
                asked = i;
            }
            else if (messages[i].Role == ChatRole.Assistant && asked >= 0)
            {
                return IsQuestion(messages[asked].Text) ? asked : i;
            }
        }

        return messages.Length;
    }

    private static bool IsQuestion(string text) => text.AsSpan().ContainsAny(QuestionMarks);
}
