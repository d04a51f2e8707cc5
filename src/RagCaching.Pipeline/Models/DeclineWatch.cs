using System.Text;

namespace RagCaching.Pipeline.Models;

/// <summary>Watches the beginning of an answer for the words with which a model was told to decline, in the forms in which models say them.</summary>
/// <remarks>One answer at a time; not thread-safe.</remarks>
internal sealed class DeclineWatch
{
    /// <summary>What a model says to decline; nothing that an answer would begin with.</summary>
    public const string Marker = "NO_ANSWER";

    public const string Instruction = $"If the context is not enough to answer the question well, reply with {Marker} and nothing else.";

    private readonly StringBuilder _beginning = new();

    /// <summary>Gets a value indicating whether the answer so far may yet turn out to decline.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Gets a value indicating whether the model declined.</summary>
    public bool IsDeclined { get; private set; }

    /// <summary>Tells whether a whole answer declines.</summary>
    public static bool Declines(string answer)
    {
        var watch = new DeclineWatch();
        watch.Add(answer);
        watch.End();
        return watch.IsDeclined;
    }

    /// <summary>Adds the next piece of the answer.</summary>
    public void Add(string text)
    {
        if (!IsOpen || text.Length == 0)
        {
            return;
        }

        var beginning = _beginning.Append(text).ToString();
        IsDeclined = ShortReply.Begins(beginning, Marker);
        IsOpen = !IsDeclined && ShortReply.MayBecome(beginning, Marker);
    }

    /// <summary>Takes note of the end of the answer: what might have become an answer that begins with "No answer" has not.</summary>
    public void End()
    {
        if (IsOpen)
        {
            IsDeclined = ShortReply.Read(_beginning.ToString(), Marker) is not null;
            IsOpen = false;
        }
    }
}
