using Microsoft.Extensions.AI;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Flights;

/// <summary>Makes a caller's own copy of a piece of an answer that was generated for another caller.</summary>
internal static class FollowerCopy
{
    /// <summary>Copies a piece without what is the other caller's: token usage, conversation and continuation at the provider, properties that have no JSON form.</summary>
    public static ChatResponseUpdate Of(ChatResponseUpdate update)
    {
        var copy = update.Clone();
        copy.RawRepresentation = null;
        copy.ConversationId = null;
        copy.ContinuationToken = null;
        copy.AdditionalProperties = update.AdditionalProperties is { } properties ? JsonProperties.FromJson(JsonProperties.ToJson(properties)) : null;
        copy.Contents = [.. update.Contents.Where(content => content is not UsageContent).Select(Copy)];
        return copy;
    }

    private static AIContent Copy(AIContent content) => content switch
    {
        TextContent text when text.GetType() == typeof(TextContent) => new TextContent(text.Text)
        {
            Annotations = Citations.Copy(text.Annotations),
            AdditionalProperties = text.AdditionalProperties is { Count: > 0 } properties ? JsonProperties.FromJson(JsonProperties.ToJson(properties)) : null,
        },
        TextReasoningContent reasoning when reasoning.GetType() == typeof(TextReasoningContent) =>
            new TextReasoningContent(reasoning.Text) { ProtectedData = reasoning.ProtectedData, AdditionalProperties = JsonProperties.FromJson(JsonProperties.ToJson(reasoning.AdditionalProperties)) },
        FunctionCallContent call when call.GetType() == typeof(FunctionCallContent) =>
            new FunctionCallContent(call.CallId, call.Name, call.Arguments is { } arguments ? new Dictionary<string, object?>(arguments) : null) { InformationalOnly = call.InformationalOnly },
        FunctionResultContent result when result.GetType() == typeof(FunctionResultContent) => new FunctionResultContent(result.CallId, result.Result),
        _ when content.GetType() == typeof(AIContent) => new AIContent { Annotations = Citations.Copy(content.Annotations), AdditionalProperties = JsonProperties.FromJson(JsonProperties.ToJson(content.AdditionalProperties)) },
        _ => content,
    };
}
