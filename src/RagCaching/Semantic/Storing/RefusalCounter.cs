using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Storing;

/// <summary>Counts answers that were returned but not stored.</summary>
internal sealed class RefusalCounter(CacheTelemetry telemetry, ILogger logger)
{
    /// <summary>Counts an answer that is not stored.</summary>
    /// <returns>The id under which it was stored: <see langword="null"/>.</returns>
    public string? Refuse(AnswerRefusal refusal)
    {
        var reason = refusal.ToString();
        telemetry.Refused(reason);
        Log.AnswerNotStored(logger, reason);
        return null;
    }
}
