using RagCaching.Internal.Digests;

namespace RagCaching.Semantic.Requests;

/// <summary>A query, checked, copied and turned into digests: what the rest of the cache works with.</summary>
internal sealed class CacheRequest
{
    /// <summary>Gets why the cache is not used; <see cref="SemanticCacheReason.None"/> when it is, and only then is the rest set.</summary>
    public SemanticCacheReason BypassReason { get; init; }

    public string Question { get; init; } = "";

    /// <summary>Gets the label that every entry of the scope carries.</summary>
    public string ScopeLabel { get; init; } = "";

    /// <summary>Gets the name of the store's partition.</summary>
    public string Partition { get; init; } = "";

    /// <summary>Gets the digest of the question within the partition.</summary>
    public Digest QuestionDigest { get; init; }

    /// <summary>Gets the id under which the answer to exactly this question is stored.</summary>
    public string QuestionKey { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    public TimeSpan TimeToLive { get; init; }

    /// <summary>Gets the similarity below which nothing is served: the owner's, or the query's if it is higher.</summary>
    public float MinimumSimilarity { get; init; }

    /// <summary>Gets a value indicating whether a new answer can be generated in this call.</summary>
    public bool MayExplore { get; init; }

    public SemanticCacheMode Mode { get; init; }

    public bool ExactOnly { get; init; }

    /// <summary>Gets when the request came in: what was removed since must not come back with its answer.</summary>
    public WriteTicket Ticket { get; init; }

    /// <summary>Gets or sets how many flights had ended when the lookup began; see <see cref="Flights.FlightTable.EndedIn"/>.</summary>
    public long FlightsEndedBefore { get; set; }

    /// <summary>Gets what tells the version that a source has now.</summary>
    public Func<string, CancellationToken, ValueTask<string?>>? CurrentSourceVersion { get; init; }
}
