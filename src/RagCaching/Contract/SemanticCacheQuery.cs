using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>A question to the cache, with everything that decides which stored answers may serve it.</summary>
/// <remarks>Immutable. Converts from a text: <c>cache.LookupAsync("How do I reset my password?")</c>.</remarks>
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

    /// <summary>Gets the question as the user wrote it. It alone is matched by meaning.</summary>
    /// <value>Not <see langword="null"/>. A blank or over-long question bypasses the cache.</value>
    public required string Question { get; init; }

    /// <summary>Gets who may share the answer.</summary>
    /// <value>
    /// <see langword="null"/> (the default) for the <see cref="ICacheScopeProvider"/>'s, or the shared scope where
    /// <see cref="SemanticCacheOptions.ShareAcrossCallers"/> is on.
    /// </value>
    public CacheScope? Scope { get; init; }

    /// <summary>Gets what else must be equal for an answer to be served, in one text: prompt version, language, document set.</summary>
    /// <value>Any text, compared character by character; default <see langword="null"/>, which is a partition of its own.</value>
    public string? Partition { get; init; }

    /// <summary>Gets tags for the answer, by which <see cref="EntryFilter"/> finds it later.</summary>
    /// <value>No tag is null or empty; default none. Tags do not decide what is served.</value>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Gets how long the answer stays valid.</summary>
    /// <value>Positive; default <see langword="null"/> for <see cref="SemanticCacheOptions.TimeToLive"/>.</value>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Gets the similarity below which nothing is served to this query.</summary>
    /// <value>A cosine in [-1, 1]; default <see langword="null"/>. It can raise what the owner configured, never lower it.</value>
    public float? MinimumSimilarity { get; init; }

    /// <summary>Gets which halves of the cache are used.</summary>
    /// <value>Default <see cref="SemanticCacheMode.ReadWrite"/>.</value>
    public SemanticCacheMode Mode { get; init; }

    /// <summary>Gets a value indicating whether only the very same question may be served.</summary>
    /// <value>
    /// Default <see langword="false"/>. With <see langword="true"/> nothing is embedded and nothing matched by meaning: right for a text
    /// whose meaning depends on what was said before.
    /// </value>
    public bool ExactOnly { get; init; }

    /// <summary>Gets what else must be equal for an answer to be served as an exact repeat, without a look by guards and verifiers.</summary>
    /// <value>
    /// Any text, compared character by character; default <see langword="null"/> for nothing. Right for a question that was not written by the user, but made of a conversation by a helper: the
    /// same conversation is then an exact repeat, and another one that was made into the same question is matched by meaning.
    /// </value>
    public string? ExactContext { get; init; }

    /// <summary>Gets what tells the version that a source has now, so that no answer built on an older one is served.</summary>
    /// <value>
    /// Is given a source id and returns its version, or <see langword="null"/> for a source that is gone; may be called for several sources at once.
    /// Default <see langword="null"/>: versions are not compared. A stored answer whose source has another version is removed and counts as a miss
    /// (<see cref="SemanticCacheReason.SourceChanged"/>); sources that were stored without a version are not compared. The calls count towards
    /// <see cref="SemanticCacheLimits.LookupTimeout"/>, and one that fails makes a miss.
    /// </value>
    public Func<string, CancellationToken, ValueTask<string?>>? CurrentSourceVersion { get; init; }

    /// <summary>Gets the delegate that decides whether a stored answer may be served at all.</summary>
    /// <value>
    /// Is given the stored answer and returns whether it may be served. Default <see langword="null"/>: every stored answer may be. A refused answer is removed, and the query is a
    /// miss (<see cref="SemanticCacheReason.Moderator"/>). A delegate that throws makes a miss too, and the answer stays. It is asked before anything is counted, and never about
    /// an answer that is being generated for another caller at the same time.
    /// </value>
    public Func<ChatResponse, CancellationToken, ValueTask<bool>>? Moderator { get; init; }

    /// <summary>Gets the reason to report for a query that bypasses the cache.</summary>
    /// <value>
    /// Default <see cref="SemanticCacheReason.BypassRequested"/>. Matters only with <see cref="SemanticCacheMode.Bypass"/>: front doors that cannot use the cache for a request send it
    /// here all the same, so that it is counted once and in one place.
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
        Tags = Tags,
        TimeToLive = TimeToLive,
        MinimumSimilarity = MinimumSimilarity,
        Mode = mode,
        ExactOnly = ExactOnly,
        ExactContext = ExactContext,
        CurrentSourceVersion = CurrentSourceVersion,
        Moderator = moderator,
        BypassReason = bypassReason,
    };
}
