using System.Text.RegularExpressions;

namespace RagCaching.Chat.Replies;

/// <summary>Takes off the replies of models what is not the reply itself: the model's reasoning.</summary>
internal static partial class ModelReply
{
    private const string Tags = "think|thinking|thought|reasoning|reflection|analysis|scratchpad";

    private static readonly string[] OpeningTags = [.. Tags.Split('|').Select(tag => $"<{tag}>")];

    /// <summary>Removes reasoning in tags from the beginning of a reply.</summary>
    /// <param name="reply">The reply, or the beginning of one.</param>
    /// <param name="isReasoning">Receives whether the reply ends within its reasoning, so that nothing of the reply itself is there yet.</param>
    /// <returns>The rest, trimmed.</returns>
    public static string WithoutReasoning(string reply, out bool isReasoning)
    {
        var rest = reply.Trim();
        while (Opening().Match(rest) is { Success: true } opening)
        {
            var end = Closing().Match(rest, opening.Length);
            if (!end.Success)
            {
                isReasoning = true;
                return "";
            }

            rest = rest[(end.Index + end.Length)..].Trim();
        }

        // Some templates open the tag themselves, so that only its end is in the reply.
        if (Closing().Matches(rest) is { Count: > 0 } ends)
        {
            rest = rest[(ends[^1].Index + ends[^1].Length)..].Trim();
        }

        isReasoning = rest.StartsWith('<') && OpeningTags.Any(tag => tag.StartsWith(rest, StringComparison.OrdinalIgnoreCase));
        return rest;
    }

    [GeneratedRegex($@"\A<({Tags})>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex($"</({Tags})>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Closing();
}
