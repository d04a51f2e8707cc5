using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>An answer of a <see cref="ScriptedChatClient"/>: what it says, in which pieces, how long it takes, and where it breaks off.</summary>
/// <remarks>Immutable and thread-safe. A text is an answer without more: <c>ScriptedAnswer answer = "Within 30 days.";</c></remarks>
public sealed class ScriptedAnswer
{
    /// <summary>Creates an answer.</summary>
    /// <param name="text">The text; may be empty. It is streamed word by word, unless <see cref="Pieces"/> says otherwise.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    public ScriptedAnswer(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        Text = text;
        Pieces = SplitIntoWords(text);
    }

    /// <summary>Creates an answer from its pieces.</summary>
    /// <param name="pieces">The pieces, in the order in which they are streamed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pieces"/> or one of them is <see langword="null"/>.</exception>
    public ScriptedAnswer(IEnumerable<string> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);

        Pieces = [.. pieces];
        foreach (var piece in Pieces)
        {
            ArgumentNullException.ThrowIfNull(piece, nameof(pieces));
        }

        Text = string.Concat(Pieces);
    }

    /// <summary>Gets the text.</summary>
    public string Text { get; }

    /// <summary>Gets the pieces in which the text is streamed.</summary>
    public IReadOnlyList<string> Pieces { get; }

    /// <summary>Gets the contents that follow the text, such as <see cref="FunctionCallContent"/>.</summary>
    /// <value>Default empty. Each call gets copies of the <see cref="FunctionCallContent"/> and <see cref="UsageContent"/> among them, which callers change.</value>
    public IReadOnlyList<AIContent> Contents { get; init; } = [];

    /// <summary>Gets why the model stops.</summary>
    /// <value>Default <see cref="ChatFinishReason.Stop"/>; <see cref="ChatFinishReason.ToolCalls"/> goes with function calls, <see cref="ChatFinishReason.Length"/> with an answer that was cut off.</value>
    public ChatFinishReason FinishReason { get; init; } = ChatFinishReason.Stop;

    /// <summary>Gets how long the first piece takes.</summary>
    /// <value>By the clock of the client; default zero. Negative values count as zero.</value>
    public TimeSpan FirstPieceDelay { get; init; }

    /// <summary>Gets how long each further piece takes. A call that does not stream takes as long as all pieces together.</summary>
    /// <value>By the clock of the client; default zero. Negative values count as zero.</value>
    public TimeSpan PieceDelay { get; init; }

    /// <summary>Gets what is thrown in the answer's stead, or in its midst.</summary>
    /// <value>Default <see langword="null"/>: the answer is complete.</value>
    public Exception? Failure { get; init; }

    /// <summary>Gets after how many pieces <see cref="Failure"/> is thrown.</summary>
    /// <value>Default 0: before the first piece, after its delay. More pieces than there are count as all of them.</value>
    public int PiecesBeforeFailure { get; init; }

    /// <summary>Gets the tokens of the answer.</summary>
    /// <value>Default <see langword="null"/>: the words of the messages and of the text are counted. Each call gets a copy.</value>
    public UsageDetails? Usage { get; init; }

    /// <summary>Makes an answer out of its text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    public static implicit operator ScriptedAnswer(string text) => FromString(text);

    /// <summary>Makes an answer out of its text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    public static ScriptedAnswer FromString(string text) => new(text);

    /// <summary>Makes an answer that fails before its first piece.</summary>
    /// <param name="exception">What is thrown.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is <see langword="null"/>.</exception>
    public static ScriptedAnswer Fails(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new ScriptedAnswer("") { Failure = exception };
    }

    // Every piece but the first begins with its blanks, so that the pieces together are the text.
    private static List<string> SplitIntoWords(string text)
    {
        var pieces = new List<string>();
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]) && !char.IsWhiteSpace(text[i - 1]))
            {
                pieces.Add(text[start..i]);
                start = i;
            }
        }

        if (start < text.Length)
        {
            pieces.Add(text[start..]);
        }

        return pieces;
    }
}
