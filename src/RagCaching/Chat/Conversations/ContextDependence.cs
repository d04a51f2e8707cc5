using System.Collections.Frozen;
using RagCaching.Internal.Text;

namespace RagCaching.Chat.Conversations;

/// <summary>Recognises English messages that mean nothing by themselves: "yes", "continue", "and the second one?".</summary>
/// <remarks>
/// Such a message is never matched by meaning. A message that is wrongly taken for one costs a hit; one that is missed is still held by
/// the rule that conversations with earlier turns are matched exactly.
/// </remarks>
internal static class ContextDependence
{
    private const int LongestPhrase = 64;

    private static readonly FrozenSet<string> WholeMessages = FrozenSet.ToFrozenSet(
        [
            "yes", "y", "yeah", "yep", "yes please", "no", "n", "nope", "no thanks", "ok", "okay", "sure", "please", "please do", "do it", "go on", "go ahead",
            "continue", "keep going", "carry on", "more", "more please", "tell me more", "say more", "next", "again", "try again", "retry", "why", "why not",
            "how", "how so", "really", "and", "so", "what else", "anything else", "thanks", "thank you", "hi", "hello", "go back", "stop", "explain", "elaborate",
        ]);

    private static readonly string[] Openings =
    [
        "and ", "or ", "but ", "so ", "also ", "what about ", "how about ", "the first", "the second", "the third", "the last", "the other", "the former", "the latter",
        "that one", "this one", "those ", "these ", "it ", "that ", "same ", "the same ", "in that case", "then ", "instead ",
    ];

    /// <summary>Tells whether a message needs what was said before it to be understood.</summary>
    public static bool IsLikely(string message)
    {
        // All phrases are short, however long the message is.
        var text = PlainWords.Write(message.AsSpan(0, Math.Min(message.Length, LongestPhrase)), static (_, _) => false, joinsAtApostrophes: true);
        return (message.Length <= LongestPhrase && WholeMessages.Contains(text)) || HasOpening(text);
    }

    private static bool HasOpening(string text)
    {
        foreach (var opening in Openings)
        {
            if (text.StartsWith(opening, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
