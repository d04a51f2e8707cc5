using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>Turns calls of tools and their results into their stored form and back.</summary>
internal static class ToolCalls
{
    /// <summary>Makes the stored form of a call.</summary>
    /// <returns><see langword="null"/> where its arguments have no JSON form.</returns>
    public static StoredAnswer.Part? Store(FunctionCallContent call) =>
        JsonValues.TryWrite(call.Arguments, out var arguments) ? ToPart(new StoredAnswer.ToolUse { Id = call.CallId, Name = call.Name, Value = arguments }) : null;

    /// <summary>Makes the stored form of a result.</summary>
    /// <returns><see langword="null"/> where it has no JSON form.</returns>
    public static StoredAnswer.Part? Store(FunctionResultContent result) =>
        JsonValues.TryWrite(result.Result, out var value) ? ToPart(new StoredAnswer.ToolUse { Id = result.CallId, Value = value, IsText = result.Result is string }) : null;

    /// <summary>Makes a content that nobody else has. A call is for information only: it has been answered.</summary>
    public static AIContent Restore(StoredAnswer.ToolUse use) => use.Name is { } name
        ? new FunctionCallContent(use.Id, name, ArgumentsOf(use.Value)) { InformationalOnly = true }
        : new FunctionResultContent(use.Id, use.IsText ? use.Value.GetString() : use.Value.ValueKind == JsonValueKind.Null ? null : use.Value);

    private static StoredAnswer.Part ToPart(StoredAnswer.ToolUse use) => new() { Text = "", Pieces = [0], Tool = use };

    private static Dictionary<string, object?>? ArgumentsOf(JsonElement arguments) => arguments.ValueKind != JsonValueKind.Object
        ? null
        : arguments.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value);
}
