using Microsoft.Extensions.AI;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>Turns annotations of a text into their stored form and back. Annotations of any other kind than citations of text have none.</summary>
internal static class Citations
{
    /// <summary>Makes the stored form.</summary>
    /// <returns><see langword="false"/> when there is an annotation that has none.</returns>
    public static bool TryStore(IList<AIAnnotation>? annotations, out IReadOnlyList<StoredAnswer.Citation>? stored)
    {
        stored = null;
        if (annotations is not { Count: > 0 })
        {
            return true;
        }

        var citations = new List<StoredAnswer.Citation>(annotations.Count);
        foreach (var annotation in annotations)
        {
            if (annotation is not CitationAnnotation citation
                || citation.GetType() != typeof(CitationAnnotation)
                || !WellFormedText.Is($"{citation.Title}{citation.Url?.OriginalString}{citation.FileId}{citation.ToolName}{citation.Snippet}")
                || citation.AnnotatedRegions?.All(region => region is TextSpanAnnotatedRegion) == false)
            {
                return false;
            }

            citations.Add(Store(citation));
        }

        stored = citations;
        return true;
    }

    /// <summary>Makes annotations that nobody else has.</summary>
    public static IList<AIAnnotation>? Restore(IReadOnlyList<StoredAnswer.Citation>? stored) =>
        stored is { Count: > 0 } ? [.. stored.Select(Restore)] : null;

    /// <summary>Copies annotations; those that have no stored form are left out.</summary>
    public static IList<AIAnnotation>? Copy(IList<AIAnnotation>? annotations) =>
        TryStore(annotations, out var stored) ? Restore(stored) : null;

    private static StoredAnswer.Citation Store(CitationAnnotation citation) => new()
    {
        Title = citation.Title,
        Url = citation.Url?.OriginalString,
        FileId = citation.FileId,
        ToolName = citation.ToolName,
        Snippet = citation.Snippet,
        Spans = citation.AnnotatedRegions is { Count: > 0 } regions
            ? [.. regions.Cast<TextSpanAnnotatedRegion>().Select(region => new StoredAnswer.Span { Start = region.StartIndex, End = region.EndIndex })]
            : null,
        Properties = citation.AdditionalProperties is { } properties ? JsonProperties.ToJson(properties) : null,
    };

    private static CitationAnnotation Restore(StoredAnswer.Citation citation) => new()
    {
        Title = citation.Title,
        Url = Uri.TryCreate(citation.Url, UriKind.RelativeOrAbsolute, out var url) ? url : null,
        FileId = citation.FileId,
        ToolName = citation.ToolName,
        Snippet = citation.Snippet,
        AnnotatedRegions = citation.Spans is { Count: > 0 } spans
            ? [.. spans.Select(span => new TextSpanAnnotatedRegion { StartIndex = span.Start, EndIndex = span.End })]
            : null,
        AdditionalProperties = JsonProperties.FromJson(citation.Properties),
    };
}
