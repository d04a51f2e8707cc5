using Microsoft.Extensions.AI;

namespace RagCaching.Compatibility.Tests.Matrix;

/// <summary>What a caller sees of an answer.</summary>
/// <param name="Result">Where it came from; <see langword="null"/> where that is lost on the way.</param>
/// <param name="Contents">Its contents without usage, pieces of one kind put together.</param>
/// <param name="ModelId">The model's name.</param>
internal sealed record Seen(SemanticCacheResult? Result, IReadOnlyList<string> Contents, string? ModelId)
{
    private const string TextKind = "text: ";

    public string Text => string.Concat(Contents.Where(content => content.StartsWith(TextKind, StringComparison.Ordinal)).Select(content => content[TextKind.Length..]));

    public bool IsHit => Result?.IsHit == true;

    public static Seen Of(ChatResponse response) => new(
        response.GetSemanticCacheResult(),
        [.. response.Messages.SelectMany(message => message.Contents).SelectMany(Write).Where(content => content.Length > 0)],
        response.ModelId);

    private static IEnumerable<string> Write(AIContent content)
    {
        yield return content switch
        {
            TextContent { Text: { Length: > 0 } text } => TextKind + text,
            TextReasoningContent { Text: { Length: > 0 } text } => $"reasoning: {text}",
            TextReasoningContent { ProtectedData: { } data } => $"protected: {data}",
            FunctionCallContent call => $"call: {call.Name}",
            FunctionResultContent result => $"result: {result.Result}",
            _ => "",
        };
        foreach (var citation in content.Annotations?.OfType<CitationAnnotation>() ?? [])
        {
            yield return $"source: {citation.Title} {citation.Url}";
        }
    }
}
