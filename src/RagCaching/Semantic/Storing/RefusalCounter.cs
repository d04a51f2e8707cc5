using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Storing;

/// <summary>Counts answers that were returned but not stored, and says once of each reason what can be done about it.</summary>
internal sealed class RefusalCounter(CacheTelemetry telemetry, ILogger logger)
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
        AnswerRefusal.NotFinished => "It was cut off, filtered or waits for a tool, or it is a stream whose client names no finish reason that says it is finished; such a client can set ChatFinishReason.Stop on its last update.",
        AnswerRefusal.NoText => "It has no text, or reasoning only.",
        AnswerRefusal.Content => "It has content that cannot be replayed, such as calls of tools, files or errors. Put UseFunctionInvocation behind the cache and set CacheWithTools where tools merely read.",
        AnswerRefusal.Hosted => "It belongs to a conversation at the provider. Let the client not keep conversations there, or set CacheHostedConversations of the chat client or the pipeline if callers send the whole conversation each time.",
        AnswerRefusal.TooLarge => "It is larger than SemanticCacheOptions.Limits.MaxAnswerBytes.",
        _ => null,
    };
}
