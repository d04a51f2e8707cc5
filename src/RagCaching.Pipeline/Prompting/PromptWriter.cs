using System.Text;
using Microsoft.Extensions.AI;
using RagCaching.Pipeline.Models;

namespace RagCaching.Pipeline.Prompting;

/// <summary>Writes the prompt: instructions first, then the conversation, with what was retrieved in front of its last message.</summary>
internal static class PromptWriter
{
    /// <summary>Writes a prompt.</summary>
    /// <param name="instructions">The pipeline's instructions.</param>
    /// <param name="messages">The conversation; the last message is the user's.</param>
    /// <param name="chunks">What was retrieved; with none the last message stays as it is.</param>
    /// <param name="mayDecline">Whether the model is told how to decline.</param>
    public static IEnumerable<ChatMessage> Write(string instructions, IReadOnlyList<ChatMessage> messages, IReadOnlyList<RetrievedChunk> chunks, bool mayDecline)
    {
        var prompt = new List<ChatMessage>(messages.Count + 1);
        var system = mayDecline ? $"{instructions}\n{DeclineWatch.Instruction}".Trim() : instructions;
        if (system.Length > 0)
        {
            prompt.Add(new ChatMessage(ChatRole.System, system));
        }

        prompt.AddRange(messages);
        if (chunks.Count > 0)
        {
            prompt[^1] = WithContext(messages[^1], chunks);
        }

        return prompt;
    }

    /// <summary>Writes a prompt with the host's writer.</summary>
    /// <exception cref="InvalidOperationException">The writer returned nothing.</exception>
    public static IEnumerable<ChatMessage> Write(
        Func<IReadOnlyList<ChatMessage>, IReadOnlyList<RetrievedChunk>, IEnumerable<ChatMessage>> writer,
        IReadOnlyList<ChatMessage> messages,
        IReadOnlyList<RetrievedChunk> chunks,
        bool mayDecline)
    {
        ChatMessage[] prompt = [.. writer(messages, chunks) ?? throw new InvalidOperationException($"{nameof(RagPipelineOptions)}.{nameof(RagPipelineOptions.PromptWriter)} returned null instead of messages.")];
        return mayDecline ? [new ChatMessage(ChatRole.System, DeclineWatch.Instruction), .. prompt] : prompt;
    }

    private static ChatMessage WithContext(ChatMessage last, IReadOnlyList<RetrievedChunk> chunks)
    {
        var text = new StringBuilder(ContextFrame.Start).Append('\n');
        for (var i = 0; i < chunks.Count; i++)
        {
            text.Append('[').Append(i + 1).Append("] ").Append(ContextFrame.Contained(chunks[i].SourceId)).Append('\n').Append(ContextFrame.Contained(chunks[i].Text)).Append("\n\n");
        }

        // What is no text, an image for example, stays behind it.
        text.Append(ContextFrame.End).Append("\n\nQuestion: ").Append(last.Text);
        return new ChatMessage(ChatRole.User, [new TextContent(text.ToString()), .. last.Contents.Where(content => content is not TextContent)]) { AuthorName = last.AuthorName };
    }
}
