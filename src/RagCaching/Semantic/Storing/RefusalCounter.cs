using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;

namespace RagCaching.Semantic.Storing;

/// <summary>Counts answers that were returned but not stored, and says once of each reason what can be done about it.</summary>
internal sealed class RefusalCounter(CacheTelemetry telemetry, HitRateWatch watch, ILogger logger)
{
    // Names come from a model client, which has few of them.
    private const int MostNames = 64;

    private readonly ConcurrentDictionary<string, bool> _lostNames = new(StringComparer.Ordinal);
    private int _reasonsSeen;

    /// <summary>Counts an answer that is not stored.</summary>
    /// <returns>The id under which it was stored: <see langword="null"/>.</returns>
    public string? Refuse(AnswerRefusal refusal)
    {
        var reason = refusal.ToString();
        telemetry.Refused(reason);
        watch.NotStored(reason);
        Log.AnswerNotStored(logger, reason);
        var bit = 1 << (int)refusal;
        if ((Interlocked.Or(ref _reasonsSeen, bit) & bit) == 0)
        {
            Say(refusal, reason);
        }

        return null;
    }

    /// <summary>Takes note of properties that an answer is stored without.</summary>
    public void Lost(IReadOnlyDictionary<string, string> properties)
    {
        foreach (var (name, type) in properties)
        {
            if (_lostNames.Count < MostNames && _lostNames.TryAdd(name, true))
            {
                Log.PropertyNotKept(logger, name, type);
            }
        }
    }

    // Three reasons are what was meant to happen, and no cause for concern.
    private void Say(AnswerRefusal refusal, string reason)
    {
        if (AdviceOn(refusal) is { } advice)
        {
            Log.AnswersNotStored(logger, reason, advice);
        }
        else
        {
            Log.AnswersNotWanted(logger, reason);
        }
    }

    private static string? AdviceOn(AnswerRefusal refusal) => refusal switch
    {
        AnswerRefusal.NotFinished => "It was cut off or filtered, or it is a stream whose client names no finish reason that says it is finished; such a client can set ChatFinishReason.Stop on its last update.",
        AnswerRefusal.NoText => "It has no text, or reasoning only.",
        AnswerRefusal.Content => "It has content that cannot be replayed, such as files, images, errors, or items of a kind that is not known. Ask for text, or leave such requests out with SemanticCacheMode.Bypass.",
        AnswerRefusal.Hosted => "It carries the id of a conversation at the provider. Set SemanticCacheEntryContext.StoreHosted in the factory if nobody continues that conversation; UseSemanticCache and the pipeline do so.",
        AnswerRefusal.Background => "It is generated in the background. Wait for such answers without the cache.",
        AnswerRefusal.ToolCall => "It asks the caller to call a tool, and no stored answer may do that. Put UseFunctionInvocation behind the cache, so that the cache sees the final answer.",
        AnswerRefusal.Approval => "It asks for the approval of a tool's call, which is given once. Nothing to be done, unless the tool merely reads and needs no approval.",
        AnswerRefusal.ToolNotCacheable => "A tool was called on the way that is not declared cacheable. Name it in CacheableTools, or mark the function with AsCacheable, if it merely reads.",
        AnswerRefusal.ToolFailed => "A tool was called on the way and failed. See to the tool; the next answer without a failure is stored.",
        AnswerRefusal.Quota => "Its scope has stored as many new answers as it may (SemanticCacheOptions.Limits.MaxNewAnswersPerScope in each NewAnswersWindow). Find out whether somebody floods the cache; raise the limit for a scope that many callers share.",
        AnswerRefusal.TooLarge => "It is larger than SemanticCacheOptions.Limits.MaxAnswerBytes.",
        _ => null,
    };
}
