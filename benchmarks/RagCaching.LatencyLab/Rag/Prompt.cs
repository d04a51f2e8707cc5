using System.Text;
using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Rag;

/// <summary>Writes the prompt: instructions, what was retrieved, and the question last.</summary>
internal static class Prompt
{
    public const string QuestionMark = "\nQuestion: ";

    private const string Instructions = "Answer the question in at most three sentences, from the context only.";

    public static List<ChatMessage> Write(string question, IEnumerable<DocumentChunk> context)
    {
        var text = new StringBuilder("Context:\n");
        foreach (var chunk in context)
        {
            text.Append('\n').Append('[').Append(chunk.File).Append("] ").Append(chunk.Heading).Append("\n\n").Append(chunk.Text).Append('\n');
        }

        text.Append(QuestionMark).Append(question);
        return [new(ChatRole.System, Instructions), new(ChatRole.User, text.ToString())];
    }
}
