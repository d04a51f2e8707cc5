using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Internal.Digests;

namespace RagCaching.Chat.Requests;

/// <summary>Says once, in the log, what keeps a cache from ever answering: a hit rate of zero must not be silent.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ChatNotices(ILogger logger)
{
    // So many requests in a row, each with instructions never seen before, are no coincidence.
    private const int RequestsToJudge = 32;

    private readonly Lock _lock = new();
    private readonly HashSet<Digest> _instructions = [];
    private long _bypassesSeen;
    private bool _judged;
    private bool _modelNoted;

    /// <summary>Gets a value indicating whether it is still open whether instructions repeat.</summary>
    public bool WantsInstructions => !Volatile.Read(ref _judged);

    /// <summary>Notes a request that was not cached.</summary>
    public void OnBypass(SemanticCacheReason reason)
    {
        var bit = 1L << (int)reason;
        if ((Interlocked.Or(ref _bypassesSeen, bit) & bit) == 0)
        {
            Log.ChatBypass(logger, reason);
        }
    }

    /// <summary>Notes a request to a model without a name.</summary>
    public void OnUnknownModel()
    {
        if (!Interlocked.Exchange(ref _modelNoted, true))
        {
            Log.ChatModelUnknown(logger);
        }
    }

    /// <summary>Notes the instructions of a request.</summary>
    public void OnInstructions(Digest instructions)
    {
        lock (_lock)
        {
            if (_judged)
            {
                return;
            }

            var isNew = _instructions.Add(instructions);
            if (isNew && _instructions.Count < RequestsToJudge)
            {
                return;
            }

            _judged = true;
            _instructions.Clear();
            if (isNew)
            {
                Log.InstructionsNeverRepeat(logger, RequestsToJudge);
            }
        }
    }
}
