using Microsoft.Extensions.AI;
using RagCaching.Chat.Requests;

namespace RagCaching.Chat.Answers;

/// <summary>Writes into a response where it came from, and reads it back: primitive values only, and never another caller's text.</summary>
internal static class HitMarker
{
    private const string Outcome = RequestControls.Prefix + "outcome";
    private const string Reason = RequestControls.Prefix + "reason";
    private const string Similarity = RequestControls.Prefix + "similarity";
    private const string EntryId = RequestControls.Prefix + "entry_id";
    private const string AgeSeconds = RequestControls.Prefix + "age_seconds";

    public static void Mark(ChatResponse response, SemanticCacheResult result) =>
        response.AdditionalProperties = Marked(response.AdditionalProperties, result);

    public static void Mark(ChatResponseUpdate update, SemanticCacheResult result) =>
        update.AdditionalProperties = Marked(update.AdditionalProperties, result);

    /// <summary>Reads a marker.</summary>
    /// <returns><see langword="null"/> when there is none.</returns>
    public static SemanticCacheResult? Read(AdditionalPropertiesDictionary? properties, ChatResponse? response)
    {
        if (properties is null
            || !properties.TryGetValue(Outcome, out string? outcome)
            || !Enum.TryParse<SemanticCacheOutcome>(outcome, out var parsedOutcome))
        {
            return null;
        }

        return new SemanticCacheResult
        {
            Outcome = parsedOutcome,
            Reason = properties.TryGetValue(Reason, out string? reason) && Enum.TryParse<SemanticCacheReason>(reason, out var parsedReason)
                ? parsedReason
                : SemanticCacheReason.None,
            Response = response,
            Similarity = properties.TryGetValue(Similarity, out double similarity) ? (float)similarity : null,
            EntryId = properties.TryGetValue(EntryId, out string? entryId) ? entryId : null,
            Age = properties.TryGetValue(AgeSeconds, out double age) ? TimeSpan.FromSeconds(age) : null,
        };
    }

    // A new dictionary: the one at hand may be shared with whoever made the response.
    private static AdditionalPropertiesDictionary Marked(AdditionalPropertiesDictionary? properties, SemanticCacheResult result)
    {
        var marked = properties?.Clone() ?? [];
        foreach (var name in properties is null ? [] : (ReadOnlySpan<string>)[Outcome, Reason, Similarity, EntryId, AgeSeconds])
        {
            marked.Remove(name);
        }

        marked[Outcome] = result.Outcome.ToString();
        if (result.Reason != SemanticCacheReason.None)
        {
            marked[Reason] = result.Reason.ToString();
        }

        if (result.Similarity is { } similarity)
        {
            marked[Similarity] = (double)similarity;
        }

        if (result.EntryId is { } entryId)
        {
            marked[EntryId] = entryId;
        }

        if (result.Age is { } age)
        {
            marked[AgeSeconds] = age.TotalSeconds;
        }

        return marked;
    }
}
