namespace RagCaching;

/// <summary>How questions and answers are read from a log of chats.</summary>
public sealed class ChatLogOptions : AnswerReaderOptions
{
    /// <summary>Gets a value indicating whether every turn of a conversation is read.</summary>
    /// <value>
    /// Default <see langword="false"/>: conversations of one question only, before which neither the user nor the assistant has said anything. A later message often means something only after the earlier ones ("and in winter?"); read all turns
    /// where each question stands alone.
    /// </value>
    public bool AllTurns { get; init; }

    /// <summary>Gets a value indicating whether answers are read that were given after a tool was called.</summary>
    /// <value>Default <see langword="false"/>: what a tool returned was true for one user at one moment.</value>
    public bool AnswersAfterTools { get; init; }
}
