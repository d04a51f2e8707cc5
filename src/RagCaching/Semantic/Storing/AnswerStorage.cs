using Microsoft.Extensions.AI;
using RagCaching.ErrorBudgets;
using RagCaching.Money;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lifetimes;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Storing;

/// <summary>Makes a stored answer of a new one, where it may be kept: complete, embedded, compared, written.</summary>
internal sealed class AnswerStorage(EntryWriter writer, AnswerLearning learning, QuestionEmbedder embedder, AnswerLifetimes lifetimes, RefusalCounter refusals, WriteQuota quota, ScaleWatch? scale)
{
    /// <summary>Gets where is kept what the cache spends.</summary>
    public required CacheLedger Ledger { private get; init; }

    /// <summary>Makes a recorder for an answer that may be stored.</summary>
    /// <param name="context">What is known about the answer, as its factory has set it.</param>
    public AnswerRecorder NewRecorder(SemanticCacheEntryContext context) => new(
        new RecordingRules(writer.MaxAnswerBytes, context.CacheableToolsOrNull, context.KeepToolCalls, context.StoreHosted));

    /// <summary>Counts an answer that is not stored because nobody asked for it.</summary>
    /// <returns>The id under which it was stored: <see langword="null"/>.</returns>
    public string? Refuse() => refusals.Refuse(AnswerRefusal.NotWanted);

    /// <summary>Stores a new answer, or finds out why it must not be.</summary>
    /// <param name="request">The question.</param>
    /// <param name="lookup">What the lookup found, which was not an answer; <see langword="null"/> if there was none.</param>
    /// <param name="context">What is known about the answer, with its id.</param>
    /// <param name="recorder">What was recorded of a stream.</param>
    /// <param name="response">The answer, if it did not stream.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
    public async ValueTask<KeptAnswer> KeepAsync(
        CacheRequest request, LookupResult? lookup, SemanticCacheEntryContext context, AnswerRecorder recorder, ChatResponse? response, CancellationToken cancellationToken)
    {
        var isStored = request.Mode != SemanticCacheMode.ReadOnly;
        if (!isStored && lookup?.Exploration is null)
        {
            return default;
        }

        if (response is not null)
        {
            recorder.Add(response);
        }

        if (lookup?.Exploration is { IsCheck: true })
        {
            Ledger.Spent(request.ScopeLabel, SpendingPurpose.Audit, recorder.ModelId, recorder.Usage?.InputTokenCount, recorder.Usage?.OutputTokenCount);
        }

        var refusal = recorder.TryComplete(out var answer);
        if (answer is null)
        {
            _ = isStored ? refusals.Refuse(refusal) : null;
            return default;
        }

        refusals.Lost(recorder.LostProperties);
        Describe(recorder.Tools, request, context);
        var lifetime = lifetimes.Decide(request, context, answer, recorder.Tools.Names, recorder.FinishReason);
        if (isStored && context.Store && lifetime.TimeToLive <= TimeSpan.Zero && (context.TimeToLive ?? request.TimeToLive) > TimeSpan.Zero)
        {
            return new KeptAnswer(answer, refusals.Refuse(AnswerRefusal.Lifetime));
        }

        context.TimeToLive = lifetime.TimeToLive;
        var vector = lifetime.IsExactOnly ? default : lookup is null or { IsUnembedded: true } ? await embedder.TryEmbedInTimeAsync(request, cancellationToken).ConfigureAwait(false) : lookup.Vector;
        answer = answer with { Sources = context.SourcesNow() };

        // What learning spends is found deep below, in comparers. What must not be kept is not compared either.
        Spender.Current = new Spender(Ledger, request.ScopeLabel, SpendingPurpose.Comparison);
        var learnt = context.Store ? await learning.LearnAsync(request, lookup?.Exploration, vector, answer, cancellationToken).ConfigureAwait(false) : default;
        Spender.Current = null;
        if (!isStored)
        {
            return default;
        }

        if (learnt.IsKnown || lookup?.Reason == SemanticCacheReason.HeldOut)
        {
            return new KeptAnswer(answer, refusals.Refuse(AnswerRefusal.Known));
        }

        // What the host itself stores is its own affair.
        if (request.MayExplore && context.Store && !quota.TryTake(request.ScopeLabel))
        {
            return new KeptAnswer(answer, refusals.Refuse(AnswerRefusal.Quota));
        }

        var id = await writer.WriteAsync(request, context, answer, vector, learnt.Group).ConfigureAwait(false);
        if (id is not null)
        {
            scale?.Stored(request.Partition);
        }

        return new KeptAnswer(answer, id);
    }

    // An answer that was made of what tools said is as short-lived as that is, and is found by their names.
    private static void Describe(ToolTrail tools, CacheRequest request, SemanticCacheEntryContext context)
    {
        foreach (var name in tools.Names)
        {
            context.Tags.Add($"tool:{name}");
        }

        if (tools.TimeToLive is { } timeToLive && timeToLive < (context.TimeToLive ?? request.TimeToLive))
        {
            context.TimeToLive = timeToLive;
        }
    }
}
