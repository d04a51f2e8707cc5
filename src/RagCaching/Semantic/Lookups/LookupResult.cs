using System.Collections.ObjectModel;
using Microsoft.Extensions.AI;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Lookups;

/// <summary>What a lookup found, before anything is made of it for a caller.</summary>
internal record LookupResult
{
    private static readonly TimeSpan NoAge = TimeSpan.MinValue;

    // Every hit allocates one, so what can be missing takes no room for saying so, and the question of a hit takes that of the near miss.
    private readonly object? _nearest;
    private readonly EntryId _entry;
    private readonly TimeSpan _age = NoAge;
    private readonly float _similarity = float.NaN;

    private LookupResult()
    {
    }

    /// <summary>Gets the stored answer to fall back on, of a miss or of a hit that is to be made anew; <see langword="null"/> for none.</summary>
    public virtual Fallback? Fallback => null;

    public SemanticCacheOutcome Outcome { get; private init; }

    public SemanticCacheReason Reason { get; private init; }

    public float? Similarity
    {
        get => float.IsNaN(_similarity) ? null : _similarity;
        private init => _similarity = value ?? float.NaN;
    }

    /// <summary>Gets the entry of a hit.</summary>
    public EntryId? Entry
    {
        get => _entry == default ? null : _entry;
        private init => _entry = value ?? default;
    }

    public string? MatchedQuestion
    {
        get => _nearest as string;
        private init => _nearest = value;
    }

    /// <summary>Gets the nearest stored question that was not served.</summary>
    public SemanticCacheCandidate? NearMiss
    {
        get => _nearest as SemanticCacheCandidate;
        init => _nearest = value;
    }

    public TimeSpan? Age
    {
        get => _age == NoAge ? null : _age;
        private init => _age = value ?? NoAge;
    }

    /// <summary>Gets the stored answer of a hit.</summary>
    public StoredAnswer? Answer { get; private init; }

    /// <summary>Gets the question's vector, where the lookup got that far, so that storing the answer need not embed again.</summary>
    public ReadOnlyMemory<float> Vector { get; private init; }

    /// <summary>Gets a value indicating whether the question was not embedded because it did not come to that, rather than because it failed.</summary>
    public bool IsUnembedded => Reason is SemanticCacheReason.Refresh or SemanticCacheReason.Moderator or SemanticCacheReason.EagerRefresh || (Reason == SemanticCacheReason.Expired && Vector.IsEmpty);

    /// <summary>Gets how much of the lookup was spent on the question's vector.</summary>
    public TimeSpan EmbeddingDuration { get; init; }

    /// <summary>Gets what waits for the new answer in order to learn from it; <see langword="null"/> where nothing does.</summary>
    public IExploration? Exploration { get; init; }

    public static LookupResult Miss(SemanticCacheReason reason, float? similarity = null, ReadOnlyMemory<float> vector = default) =>
        new() { Outcome = SemanticCacheOutcome.Miss, Reason = reason, Similarity = similarity, Vector = vector };

    public static LookupResult Bypass(SemanticCacheReason reason) => new() { Outcome = SemanticCacheOutcome.Bypass, Reason = reason };

    public static LookupResult Hit(SemanticCacheOutcome outcome, EntryId entry, EntryState state, StoredAnswer answer, TimeSpan age, float similarity) => new()
    {
        Outcome = outcome,
        Similarity = similarity,
        Entry = entry,
        MatchedQuestion = state.Question,
        Age = age,
        Answer = answer,
    };

    /// <summary>Makes the same result with something to fall back on; the same where there is nothing.</summary>
    public LookupResult WithFallback(Fallback? fallback) => fallback is null ? this : new WithAFallback(this, fallback);

    /// <summary>Makes the result of an answer that is served because there is no new one.</summary>
    /// <param name="reason">Why there is none.</param>
    public LookupResult AsStale(SemanticCacheReason reason) => this with { Outcome = SemanticCacheOutcome.Stale, Reason = reason };

    /// <summary>Makes the result of a hit with a copy of the stored answer, or of a miss or bypass without one.</summary>
    public SemanticCacheResult ToResult() => ToResult(Answer is { } answer ? AnswerPlayer.ToResponse(answer) : null, Entry?.ToString());

    public SemanticCacheResult ToResult(ChatResponse? response, string? entryId, IReadOnlyDictionary<string, string?>? sources = null) => new()
    {
        Outcome = Outcome,
        Reason = Reason,
        Response = response,
        Similarity = Similarity,
        EntryId = entryId,
        MatchedQuestion = MatchedQuestion,
        NearMiss = NearMiss,
        Age = Age,
        SourceVersions = sources ?? Answer?.Sources ?? ReadOnlyDictionary<string, string?>.Empty,
        EmbeddingDuration = EmbeddingDuration,
    };

    // By itself, so that the results of hits, which are made in every request, are no larger for it.
    private sealed record WithAFallback : LookupResult
    {
        private readonly Fallback _fallback;

        public WithAFallback(LookupResult found, Fallback fallback)
            : base(found) => _fallback = fallback;

        public override Fallback? Fallback => _fallback;
    }
}
