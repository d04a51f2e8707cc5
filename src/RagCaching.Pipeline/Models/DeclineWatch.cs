using System.Text;

namespace RagCaching.Pipeline.Models;

/// <summary>Watches the beginning of an answer for the words with which a model was told to decline.</summary>
/// <remarks>One answer at a time; not thread-safe.</remarks>
internal sealed class DeclineWatch
{
    /// <summary>What a model says to decline; nothing that an answer would begin with.</summary>
    public const string Marker = "NO_ANSWER";

    public const string Instruction = $"If the context is not enough to answer the question well, reply with {Marker} and nothing else.";

    private readonly StringBuilder _beginning = new();

    /// <summary>Gets a value indicating whether the answer so far is the beginning of the marker, so that it may yet become it.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Gets a value indicating whether the model declined.</summary>
    public bool IsDeclined { get; private set; }

    /// <summary>Tells whether a whole answer declines.</summary>
    public static bool Declines(string answer)
    {
        var watch = new DeclineWatch();
        watch.Add(answer);
        return watch.IsDeclined;
    }

    /// <summary>Adds the next piece of the answer.</summary>
    public void Add(string text)
    {
        if (!IsOpen)
        {
            return;
        }

        // Only as much as decides it, and models like to begin with white space.
        foreach (var character in text)
        {
            if (_beginning.Length == 0 && char.IsWhiteSpace(character))
            {
                continue;
            }

            if (Marker[_beginning.Length] != character)
            {
                IsOpen = false;
                return;
            }

            _beginning.Append(character);
            if (_beginning.Length == Marker.Length)
            {
                (IsOpen, IsDeclined) = (false, true);
                return;
            }
        }
    }
}
