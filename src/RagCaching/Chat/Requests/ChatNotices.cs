using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Internal.Digests;

namespace RagCaching.Chat.Requests;

/// <summary>Says once, in the log, what keeps a cache from ever answering: a hit rate of zero must not be silent.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ChatNotices(ILogger logger)
{
    // So many conversations in a row that were made into one and the same question: the rewriter does not rewrite.
    private const int RewritingsToJudge = 8;
    private const int MostPropertiesWatched = 32;

    private readonly Lock _lock = new();
    private readonly NeverRepeats _instructions = new();
    private readonly ConcurrentDictionary<string, NeverRepeats> _properties = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<Digest> _rewrittenDialogues = [];
    private string? _lastRewriting;
    private long _bypassesSeen;
    private bool _modelNoted;
    private bool _rewritingNoted;

    /// <summary>Gets a value indicating whether it is still open whether instructions repeat.</summary>
    public bool WantsInstructions => _instructions.IsOpen;

    /// <summary>Notes a request that was not cached.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="isInWrongOrder">Whether what calls tools stands in front of the cache.</param>
    public void OnBypass(SemanticCacheReason reason, bool isInWrongOrder = false)
    {
        var bit = 1L << (int)reason;
        if ((Interlocked.Or(ref _bypassesSeen, bit) & bit) == 0)
        {
            if (BypassAdvice.On(reason, isInWrongOrder) is { } advice)
            {
                Log.ChatBypass(logger, reason, advice);
            }
            else
            {
                Log.ChatBypassWanted(logger, reason);
            }
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
        if (_instructions.Add(instructions))
        {
            Log.InstructionsNeverRepeat(logger, NeverRepeats.RequestsToJudge);
        }
    }

    /// <summary>Notes the additional properties of a request that are compared.</summary>
    public void OnProperties(AdditionalPropertiesDictionary? properties, IReadOnlySet<string> ignored)
    {
        foreach (var (name, value) in properties ?? [])
        {
            if (ignored.Contains(name) || RequestControls.IsControl(name)
                || (_properties.Count >= MostPropertiesWatched && !_properties.ContainsKey(name))
                || _properties.GetOrAdd(name, static _ => new NeverRepeats()) is not { IsOpen: true } watch)
            {
                continue;
            }

            if (watch.Add(DigestOf(value)))
            {
                Log.PropertyNeverRepeats(logger, name, NeverRepeats.RequestsToJudge);
            }
        }
    }

    /// <summary>Notes what a dialogue was made into.</summary>
    public void OnRewriting(string question, Digest dialogue)
    {
        lock (_lock)
        {
            if (_rewritingNoted)
            {
                return;
            }

            if (_lastRewriting != question)
            {
                _lastRewriting = question;
                _rewrittenDialogues.Clear();
            }

            if (!_rewrittenDialogues.Add(dialogue) || _rewrittenDialogues.Count < RewritingsToJudge)
            {
                return;
            }

            _rewritingNoted = true;
            _lastRewriting = null;
            _rewrittenDialogues.Clear();
        }

        Log.RewritingsAllAlike(logger, RewritingsToJudge);
    }

    private static Digest DigestOf(object? value)
    {
        var builder = new DigestBuilder(stackalloc byte[256], "ragcaching/chat/property/1");
        _ = CanonicalProperties.TryAdd(ref builder, new Dictionary<string, object?> { ["value"] = value }, RequestControls.Prefix);
        return builder.Complete([]);
    }
}
