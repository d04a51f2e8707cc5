using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>Settings of a <see cref="SemanticCache"/>.</summary>
/// <remarks><see cref="Enabled"/> and <see cref="MinimumSimilarity"/> follow configuration changes while the host runs; the rest is read once.</remarks>
public sealed class SemanticCacheOptions
{
    internal const float DefaultMinimumSimilarity = 0.95f;
    internal const int DefaultMaxQuestionLength = 32_768;
    internal const int DefaultMaxAnswerBytes = 1 << 20;
    internal static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromHours(24);
    internal static readonly TimeSpan DefaultLookupTimeout = TimeSpan.FromSeconds(2);
    internal static readonly TimeSpan DefaultJoinTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets a value indicating whether the cache is used at all.</summary>
    /// <value>Default <see langword="true"/>. When off, every query is a bypass.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether queries without a scope share their answers between all callers.</summary>
    /// <value>Default <see langword="false"/>: such queries are an error, since sharing answers is a decision.</value>
    public bool ShareAcrossCallers { get; set; }

    /// <summary>Gets or sets the similarity from which on a stored answer may be served to a re-worded question.</summary>
    /// <value>A cosine in [-1, 1]; default 0.95. What is right depends on the embedding model.</value>
    [Range(-1.0, 1.0)]
    public float MinimumSimilarity { get; set; } = DefaultMinimumSimilarity;

    /// <summary>Gets or sets how long a stored answer stays valid.</summary>
    /// <value>Positive, at most 3,650 days; default 24 hours.</value>
    public TimeSpan TimeToLive { get; set; } = DefaultTimeToLive;

    /// <summary>Gets or sets how long a lookup, embedding included, may take before it counts as a miss.</summary>
    /// <value>Positive, at most one hour; default 2 seconds.</value>
    public TimeSpan LookupTimeout { get; set; } = DefaultLookupTimeout;

    /// <summary>Gets or sets how long a caller waits for another caller's answer to the same question before it asks for its own.</summary>
    /// <value>Positive, at most one hour; default 30 seconds.</value>
    public TimeSpan JoinTimeout { get; set; } = DefaultJoinTimeout;

    /// <summary>Gets or sets the length from which on questions bypass the cache; they are never shortened.</summary>
    /// <value>1 to 1,048,576 UTF-16 code units; default 32,768.</value>
    [Range(1, 1 << 20)]
    public int MaxQuestionLength { get; set; } = DefaultMaxQuestionLength;

    /// <summary>Gets or sets the largest answer that is stored, in bytes of its stored form.</summary>
    /// <value>1 to 268,435,456; default 1,048,576. A larger one is returned, not stored.</value>
    [Range(1, 1 << 28)]
    public int MaxAnswerBytes { get; set; } = DefaultMaxAnswerBytes;

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal SemanticCacheOptions Copy() => (SemanticCacheOptions)MemberwiseClone();
}
