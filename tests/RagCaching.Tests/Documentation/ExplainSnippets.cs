namespace RagCaching.Tests.Documentation;

internal static class ExplainSnippets
{
    public static async Task Usage(ISemanticCacheExplainer explainer, CancellationToken cancellationToken)
    {
        var explanation = await explainer.ExplainAsync("What does 20 GB cost?", cancellationToken);
        Console.WriteLine(explanation);
    }
}
