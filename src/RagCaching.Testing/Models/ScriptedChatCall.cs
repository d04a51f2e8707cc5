using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>A call that a <see cref="ScriptedChatClient"/> received.</summary>
/// <remarks>Thread-safe. <see cref="State"/>, <see cref="PiecesSent"/> and <see cref="Usage"/> follow the call while it runs.</remarks>
public sealed class ScriptedChatCall
{
    private int _state;
    private int _piecesSent;
    private UsageDetails? _usage;

    internal ScriptedChatCall(IReadOnlyList<ChatMessage> messages, ChatOptions? options, bool isStreaming, DateTimeOffset receivedAt)
    {
        Messages = messages;
        Options = options;
        IsStreaming = isStreaming;
        ReceivedAt = receivedAt;
        Prompt = messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "";
    }

    /// <summary>Gets the text of the last message of the user, by which answers are chosen.</summary>
    /// <value>Empty if there is none.</value>
    public string Prompt { get; }

    /// <summary>Gets the messages.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>Gets a copy of the options.</summary>
    /// <value><see langword="null"/> if there were none.</value>
    public ChatOptions? Options { get; }

    /// <summary>Gets a value indicating whether the answer was to be streamed.</summary>
    public bool IsStreaming { get; }

    /// <summary>Gets when the call came, by the clock of the client.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>Gets what has become of the call.</summary>
    public ScriptedCallState State => (ScriptedCallState)Volatile.Read(ref _state);

    /// <summary>Gets the number of pieces that the caller of a stream has taken.</summary>
    /// <value>0 for a call that does not stream.</value>
    public int PiecesSent => Volatile.Read(ref _piecesSent);

    /// <summary>Gets what the call cost.</summary>
    /// <value><see langword="null"/> until it is completed.</value>
    public UsageDetails? Usage => Volatile.Read(ref _usage);

    internal void CountPiece() => Interlocked.Increment(ref _piecesSent);

    internal void Complete(UsageDetails usage)
    {
        Volatile.Write(ref _usage, usage);
        End(ScriptedCallState.Completed);
    }

    // The first end counts: what is disposed of after its last piece was completed.
    internal void End(ScriptedCallState state) => Interlocked.CompareExchange(ref _state, (int)state, (int)ScriptedCallState.Running);
}
