using Microsoft.Extensions.AI;
using RagCaching.Internal.Digests;
using RagCaching.Semantic.Entries;

namespace RagCaching.Semantic.Requests;

/// <summary>A query, checked, copied and turned into digests: what the rest of the cache works with. A query that bypasses the cache never becomes one.</summary>
internal sealed class CacheRequest
{
    public required string Question { get; init; }

    /// <summary>Gets the label that every entry of the scope carries.</summary>
    public required string ScopeLabel { get; init; }

    /// <summary>Gets the name of the store's partition.</summary>
    public required string Partition { get; init; }

    /// <summary>Gets the digest of the question within the partition.</summary>
    public required Digest QuestionDigest { get; init; }

    /// <summary>Gets the id under which the answer to exactly this question is stored.</summary>
    public required string QuestionKey { get; init; }

    /// <summary>Gets the key of the question by its text alone, under which reports about answers to it are kept.</summary>
    public required string ReportKey { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Gets who asks; <see langword="null"/> for nobody.</summary>
    public string? CreatedBy { get; init; }

    public required TimeSpan TimeToLive { get; init; }

    /// <summary>Gets a value indicating whether a person wrote or approved the answer that is stored.</summary>
    public bool IsCurated { get; init; }

    /// <summary>Gets the similarity below which nothing is served: the threshold, or the lower end of the verifiers' grey zone.</summary>
    public required float MinimumSimilarity { get; init; }

    /// <summary>Gets the similarity below which nothing is served that no verifier has allowed: the owner's, or the query's.</summary>
    public required float Threshold { get; init; }

    /// <summary>Gets the similarity above which no verifier is asked.</summary>
    public float SureSimilarity { get; init; } = float.PositiveInfinity;

    /// <summary>Gets how old an answer may be that serves the question.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.MaxValue;

    /// <summary>Gets a value indicating whether a new answer can be generated in this call.</summary>
    public bool MayExplore { get; init; }

    public required SemanticCacheMode Mode { get; init; }

    public bool ExactOnly { get; init; }

    /// <summary>Gets when the request came in: what was removed since must not come back with its answer.</summary>
    public required WriteTicket Ticket { get; init; }

    /// <summary>Gets the delegate that tells the version a source has now.</summary>
    public Func<string, CancellationToken, ValueTask<string?>>? CurrentSourceVersion { get; init; }

    /// <summary>Gets the delegate that decides whether a stored answer may be served at all; <see langword="null"/> for all of them.</summary>
    public Func<ChatResponse, CancellationToken, ValueTask<bool>>? Moderator { get; init; }

    /// <summary>Makes what the factory is told about the answer to this request, with the id under which it would be stored.</summary>
    public SemanticCacheEntryContext NewContext()
    {
        var context = new SemanticCacheEntryContext(Mode == SemanticCacheMode.ReadOnly ? "" : EntryId.New(Partition, QuestionKey).ToString()) { CreatedBy = CreatedBy };
        foreach (var tag in Tags)
        {
            context.Tags.Add(tag);
        }

        return context;
    }
}
