using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>A question to the cache, with all conditions that a stored answer must meet to be served.</summary>
/// <remarks>Immutable. A string converts implicitly to a query: <c>cache.LookupAsync("How do I reset my password?")</c>.</remarks>
public sealed class SemanticCacheQuery
{
    /// <summary>Creates a query; set <see cref="Question"/>.</summary>
    public SemanticCacheQuery()
    {
    }

    /// <summary>Creates a query for a question.</summary>
    /// <param name="question">The question as the user wrote it.</param>
    [SetsRequiredMembers]
    public SemanticCacheQuery(string question) => Question = question;

    /// <summary>Gets the question as the user wrote it. Only the question is matched by meaning.</summary>
    /// <value>Not <see langword="null"/>. A blank or over-long question bypasses the cache.</value>
    public required string Question { get; init; }

    /// <summary>Gets the scope of the callers who may share the answer.</summary>
    /// <value>
    /// <see langword="null"/> (the default) for the scope that the <see cref="ICacheScopeProvider"/> returns, or else the shared scope if
    /// <see cref="SemanticCacheOptions.ShareAcrossCallers"/> is on.
    /// </value>
    public CacheScope? Scope { get; init; }

    /// <summary>Gets a text with everything else that must be equal for an answer to be served: prompt version, language, document set.</summary>
    /// <value>Any text, compared character by character; default <see langword="null"/>, which is a separate partition.</value>
    public string? Partition { get; init; }

    /// <summary>Gets the tags of the answer. An <see cref="EntryFilter"/> can select answers by tag.</summary>
    /// <value>No tag may be null or empty; default none. Tags do not affect which answers are served.</value>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Gets a value indicating whether a person wrote or approved the answer that <see cref="ISemanticCache.StoreAsync"/> stores.</summary>
    /// <value>
    /// Default <see langword="false"/>. A curated answer never expires, is never evicted, is not replaced by one that is not curated, is served before others that are near enough, and is not audited. Only
    /// <see cref="ISemanticCache.StoreAsync"/> reads it.
    /// </value>
    public bool IsCurated { get; init; }

    /// <summary>Gets who asks, so that the answers that this user has caused can be found and removed (<see cref="EntryFilter.CreatedBy"/>).</summary>
    /// <value>
    /// The id of a user or of another principal; not empty; default <see langword="null"/> for nobody. It is kept as a digest beside a new answer, keyed by <see cref="RagCachingKeyOptions.KeySecret"/>, and does not
    /// affect which answers are served: that is what <see cref="Scope"/> is for.
    /// </value>
    public string? CreatedBy { get; init; }

    /// <summary>Gets how long the answer stays valid.</summary>
    /// <value>Positive; default <see langword="null"/> for <see cref="SemanticCacheOptions.TimeToLive"/>.</value>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Gets how old a stored answer may be that is served to this query.</summary>
    /// <value>
    /// Not negative; default <see langword="null"/> for any answer that is valid. An older one is a miss (<see cref="SemanticCacheReason.TooOld"/>), stays where it is for others, and is replaced when the same question is answered anew.
    /// Stale answers are held to it, too.
    /// </value>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Gets the similarity below which nothing is served to this query.</summary>
    /// <value>A cosine in [-1, 1]; default <see langword="null"/>. It can raise the configured floor, and lower it as far as <see cref="SemanticCacheOptions.AllowLowerThreshold"/> allows.</value>
    public float? MinimumSimilarity { get; init; }

    /// <summary>Gets whether the query looks up stored answers, stores new ones, or both.</summary>
    /// <value>Default <see cref="SemanticCacheMode.ReadWrite"/>.</value>
    public SemanticCacheMode Mode { get; init; }

    /// <summary>Gets a value indicating whether only an answer to exactly the same question may be served.</summary>
    /// <value>
    /// Default <see langword="false"/>. With <see langword="true"/>, the question is neither embedded nor matched by meaning. Use it for a text
    /// whose meaning depends on earlier messages.
    /// </value>
    public bool ExactOnly { get; init; }

    /// <summary>Gets a text that must also be equal for an answer to be served as an exact repeat, for which guards and verifiers are not consulted.</summary>
    /// <value>
    /// Any text, compared character by character; default <see langword="null"/> for nothing. Right for a question that was not written by the user, but made of a conversation by a helper: the
    /// same conversation is then an exact repeat, and another one that was made into the same question is matched by meaning.
    /// </value>
    public string? ExactContext { get; init; }

    /// <summary>Gets the delegate that returns the current version of a source, so that answers based on another version are not served.</summary>
    /// <value>
    /// The delegate takes a source id and returns its version, or <see langword="null"/> for a source that is gone. It may be called for several sources at once.
    /// Default <see langword="null"/>: versions are not compared. A stored answer whose source has another version is removed, and the query is a miss
    /// (<see cref="SemanticCacheReason.SourceChanged"/>). Sources that were stored without a version are not compared. The calls count towards
    /// <see cref="SemanticCacheLimits.LookupTimeout"/>. If one of them fails, the query is a miss.
    /// </value>
    public Func<string, CancellationToken, ValueTask<string?>>? CurrentSourceVersion { get; init; }

    /// <summary>Gets the delegate that decides whether a stored answer may be served at all.</summary>
    /// <value>
    /// The delegate takes the stored answer and returns whether it may be served. Default <see langword="null"/>: every stored answer may be served. A refused answer is removed, and
    /// the query is a miss (<see cref="SemanticCacheReason.Moderator"/>). If the delegate throws, the query is a miss too, but the answer stays. The delegate is called before
    /// anything is counted. It is never called for an answer that is being generated for another caller at the same time.
    /// </value>
    public Func<ChatResponse, CancellationToken, ValueTask<bool>>? Moderator { get; init; }

    /// <summary>Gets the reason to report for a query that bypasses the cache.</summary>
    /// <value>
    /// Default <see cref="SemanticCacheReason.BypassRequested"/>. Matters only with <see cref="SemanticCacheMode.Bypass"/>: a front end that cannot use the cache for a request still
    /// sends it to the cache, so that it is counted once and in one place.
    /// </value>
    public SemanticCacheReason BypassReason { get; init; } = SemanticCacheReason.BypassRequested;

    /// <summary>Copies the query with another moderator.</summary>
    internal SemanticCacheQuery With(Func<ChatResponse, CancellationToken, ValueTask<bool>> moderator) => Copy(Scope, Mode, moderator, BypassReason);

    /// <summary>Copies the query with a scope.</summary>
    internal SemanticCacheQuery With(CacheScope scope) => Copy(scope, Mode, Moderator, BypassReason);

    /// <summary>Copies the query as one that bypasses the cache.</summary>
    internal SemanticCacheQuery Bypassing(SemanticCacheReason reason) => Copy(Scope, SemanticCacheMode.Bypass, Moderator, reason);

    /// <summary>Makes a query from a question.</summary>
    /// <param name="question">The question as the user wrote it.</param>
    public static implicit operator SemanticCacheQuery(string question) => new(question);

    private SemanticCacheQuery Copy(CacheScope? scope, SemanticCacheMode mode, Func<ChatResponse, CancellationToken, ValueTask<bool>>? moderator, SemanticCacheReason bypassReason) => new(Question)
    {
        Scope = scope,
        Partition = Partition,
        IsCurated = IsCurated,
        Tags = Tags,
        CreatedBy = CreatedBy,
        TimeToLive = TimeToLive,
        MaxAge = MaxAge,
        MinimumSimilarity = MinimumSimilarity,
        Mode = mode,
        ExactOnly = ExactOnly,
        ExactContext = ExactContext,
        CurrentSourceVersion = CurrentSourceVersion,
        Moderator = moderator,
        BypassReason = bypassReason,
    };
}
