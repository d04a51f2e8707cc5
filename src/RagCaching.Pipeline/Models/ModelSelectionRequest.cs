using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>What a model is chosen by.</summary>
/// <remarks>Immutable.</remarks>
public sealed class ModelSelectionRequest
{
    /// <summary>Creates a request.</summary>
    /// <param name="question">The question that was retrieved for.</param>
    /// <param name="messages">The conversation, without what was retrieved.</param>
    /// <param name="chunks">The chunks that the model will be given, best first.</param>
    /// <exception cref="ArgumentNullException"><paramref name="question"/>, <paramref name="messages"/> or <paramref name="chunks"/> is <see langword="null"/>.</exception>
    public ModelSelectionRequest(string question, IReadOnlyList<ChatMessage> messages, IReadOnlyList<RetrievedChunk> chunks)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(chunks);

        Question = question;
        Messages = messages;
        Chunks = chunks;
    }

    /// <summary>Gets the question that was retrieved for.</summary>
    public string Question { get; }

    /// <summary>Gets the conversation, without what was retrieved.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>Gets the chunks that the model will be given, best first.</summary>
    public IReadOnlyList<RetrievedChunk> Chunks { get; }
}
