using Microsoft.Extensions.AI;

namespace RagCaching.Testing.Models;

/// <summary>Copies of what callers change in an answer, so that an answer that is given again is what its script says.</summary>
internal static class OwnContents
{
    /// <summary>Copies the contents that <see cref="FunctionInvokingChatClient"/> and others change: calls of functions, which it marks as made, and usage, which it adds to.</summary>
    /// <returns>The contents in their order. Those of other types are those of the script.</returns>
    public static IEnumerable<AIContent> Of(IEnumerable<AIContent> contents) => contents.Select(static content => content switch
    {
        FunctionCallContent call when call.GetType() == typeof(FunctionCallContent) => Like(call, new FunctionCallContent(call.CallId, call.Name, call.Arguments is { } arguments ? new Dictionary<string, object?>(arguments) : null)
        {
            Exception = call.Exception,
            InformationalOnly = call.InformationalOnly,
        }),
        UsageContent usage when usage.GetType() == typeof(UsageContent) => Like(usage, new UsageContent(Of(usage.Details))),
        _ => content,
    });

    /// <summary>Copies usage, with all its counts.</summary>
    public static UsageDetails Of(UsageDetails usage)
    {
        var copy = new UsageDetails();
        copy.Add(usage);
        return copy;
    }

    private static AIContent Like(AIContent content, AIContent copy)
    {
        copy.AdditionalProperties = content.AdditionalProperties?.Clone();
        copy.Annotations = content.Annotations is { } annotations ? [.. annotations] : null;
        copy.RawRepresentation = content.RawRepresentation;
        return copy;
    }
}
