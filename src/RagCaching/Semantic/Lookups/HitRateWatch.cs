using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;

namespace RagCaching.Semantic.Lookups;

/// <summary>Says once, in the log, that a cache has served nothing, with the commonest reasons: a hit rate of zero must not be silent.</summary>
/// <remarks>Requests that were meant to pass by the cache do not count. Thread-safe; costs one field read once it has judged.</remarks>
internal sealed class HitRateWatch(ILogger logger)
{
    /// <summary>After so many requests without a hit something is wrong.</summary>
    public const int RequestsToJudge = 100;

    private const int MostReasons = 3;

    private readonly ConcurrentDictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private int _requests;
    private volatile bool _isJudged;

    /// <summary>Takes note of what came of a request.</summary>
    public void Requested(SemanticCacheOutcome outcome, SemanticCacheReason reason)
    {
        if (_isJudged || reason is SemanticCacheReason.BypassRequested or SemanticCacheReason.Disabled or SemanticCacheReason.Refresh)
        {
            return;
        }

        if (outcome is not (SemanticCacheOutcome.Miss or SemanticCacheOutcome.Bypass))
        {
            Judge();
            return;
        }

        Count(reason.ToString());
        if (Interlocked.Increment(ref _requests) == RequestsToJudge)
        {
            var commonest = _reasons.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal).Take(MostReasons);
            Log.NothingServed(logger, RequestsToJudge, string.Join(", ", commonest.Select(reason => $"{reason.Key} ({reason.Value})")));
            Judge();
        }
    }

    /// <summary>Takes note of an answer that was not stored.</summary>
    public void NotStored(string reason)
    {
        if (!_isJudged)
        {
            Count("not stored: " + reason);
        }
    }

    private void Count(string reason) => _reasons.AddOrUpdate(reason, 1, static (_, count) => count + 1);

    private void Judge()
    {
        _isJudged = true;
        _reasons.Clear();
    }
}
