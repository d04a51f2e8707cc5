using Microsoft.Extensions.Logging;

namespace RagCaching.Tests.Documentation;

internal static class ExplainSnippets
{
    public static async Task Usage(ISemanticCacheExplainer explainer, ILogger logger, CancellationToken cancellationToken)
    {
        var explanation = await explainer.ExplainAsync("What does 20 GB cost?", cancellationToken);
        logger.LogInformation("{Outcome}: {Reason}", explanation.Outcome, explanation.Reason);
        Console.WriteLine(explanation);
    }
}
