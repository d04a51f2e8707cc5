using Microsoft.Extensions.AI;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Lifetimes;

/// <summary>Decides how long new answers are kept: the owner's rules, then the host's own code.</summary>
internal sealed class AnswerLifetimes(LifetimeRule rule, Lazy<IReadOnlyList<IAnswerLifetime>> hooks, FaultReporting reporting)
{
    // The exception itself is not logged: it may quote the question or the answer.
    private readonly FaultBarrier _hooks = new(TelemetryNames.Operations.Lifetime, reporting, static (logger, errorType, _) => Log.LifetimeFailed(logger, errorType));

    /// <summary>Decides about an answer.</summary>
    /// <param name="request">The question.</param>
    /// <param name="context">What its factory says about it.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="tools">The tools that were called on the way.</param>
    /// <param name="finishReason">Why the model ended.</param>
    public LifetimeDecision Decide(
        CacheRequest request, SemanticCacheEntryContext context, StoredAnswer answer, IReadOnlyCollection<string> tools, ChatFinishReason? finishReason)
    {
        var usual = new LifetimeDecision(context.TimeToLive ?? request.TimeToLive, request.ExactOnly);

        // What cannot be made says nothing, as one that fails.
        var own = _hooks.Run(static hooks => hooks.Value, hooks, fallback: []);
        if (rule.IsEmpty && own.Count == 0)
        {
            return usual;
        }

        var facts = FactsOf(request, context, answer, tools, finishReason, usual.TimeToLive);
        var limited = usual with { TimeToLive = rule.Limit(facts) };
        if (own.Count == 0)
        {
            return limited;
        }

        var told = limited.TimeToLive == usual.TimeToLive || limited.TimeToLive <= TimeSpan.Zero ? facts : FactsOf(request, context, answer, tools, finishReason, limited.TimeToLive);
        foreach (var hook in own)
        {
            var decided = _hooks.Run(static call => call.Hook.Decide(call.Facts), (Hook: hook, Facts: told), fallback: AnswerLifetime.Default);
            if (decided != AnswerLifetime.Default)
            {
                return new LifetimeDecision(decided.IsNotStored ? TimeSpan.Zero : decided.TimeToLive ?? limited.TimeToLive, decided.IsExactOnly || request.ExactOnly);
            }
        }

        return limited;
    }

    private static AnswerFacts FactsOf(
        CacheRequest request, SemanticCacheEntryContext context, StoredAnswer answer, IReadOnlyCollection<string> tools, ChatFinishReason? finishReason, TimeSpan timeToLive) => new()
        {
            Question = request.Question,
            Text = string.Concat(answer.Messages.Where(message => !message.IsTool).SelectMany(message => message.Parts).Where(part => part is { IsReasoning: false, Tool: null }).Select(part => part.Text)),
            TimeToLive = timeToLive,
            FinishReason = finishReason,
            ModelId = answer.ModelId,
            Tags = [.. context.Tags],
            Tools = [.. tools],
        };
}
