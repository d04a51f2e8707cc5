using Microsoft.Extensions.AI;

namespace RagCaching.Semantic.Flights;

/// <summary>Makes a caller's own copy of a piece of an answer that was generated for another caller.</summary>
internal static class FollowerCopy
{
    /// <summary>Copies a piece without its token usage, which is the other caller's.</summary>
    public static ChatResponseUpdate Of(ChatResponseUpdate update)
    {
        var copy = update.Clone();
        copy.RawRepresentation = null;
        copy.AdditionalProperties = update.AdditionalProperties?.Clone();
        copy.Contents = [.. update.Contents.Where(content => content is not UsageContent).Select(Copy)];
        return copy;
    }

    private static AIContent Copy(AIContent content) => content switch
    {
        TextContent text when text.GetType() == typeof(TextContent) => new TextContent(text.Text) { Annotations = text.Annotations },
        TextReasoningContent reasoning when reasoning.GetType() == typeof(TextReasoningContent) =>
            new TextReasoningContent(reasoning.Text) { ProtectedData = reasoning.ProtectedData },
        _ => content,
    };
}
