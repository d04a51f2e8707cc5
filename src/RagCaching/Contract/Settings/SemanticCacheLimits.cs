using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>Limits of a <see cref="SemanticCache"/>: the time that its steps may take, and the size of questions and answers.</summary>
public sealed class SemanticCacheLimits
{
    internal const int DefaultMaxQuestionLength = 32_768;
    internal const int DefaultMaxAnswerBytes = 1 << 20;
    internal const int DefaultMaxNewAnswersPerScope = 10_000;
    internal static readonly TimeSpan DefaultNewAnswersWindow = TimeSpan.FromHours(1);
    internal static readonly TimeSpan DefaultLookupTimeout = TimeSpan.FromSeconds(2);
    internal static readonly TimeSpan DefaultJoinTimeout = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan DefaultVerifierTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets the time limit of a lookup, including the embedding, after which it counts as a miss.</summary>
    /// <value>Positive, at most one hour; default 2 seconds.</value>
    public TimeSpan LookupTimeout { get; set; } = DefaultLookupTimeout;

    /// <summary>Gets or sets how long a caller waits for another caller's answer to the same question before it generates its own.</summary>
    /// <value>Positive, at most one hour; default 30 seconds.</value>
    public TimeSpan JoinTimeout { get; set; } = DefaultJoinTimeout;

    /// <summary>Gets or sets the time limit for a factory to generate a complete answer, up to the end of its stream.</summary>
    /// <value>
    /// Positive, at most one day; default <see langword="null"/>: as long as a caller waits. When the time is up, the factory's token is cancelled, and every caller that waits gets a
    /// <see cref="TimeoutException"/>, even if the factory ignores its token.
    /// </value>
    public TimeSpan? GenerationTimeout { get; set; }

    /// <summary>Gets or sets the time limit of an <see cref="IMatchVerifier"/>, after which the match is refused.</summary>
    /// <value>Positive, at most one hour; default 1 second. The time counts towards <see cref="LookupTimeout"/>.</value>
    public TimeSpan VerifierTimeout { get; set; } = DefaultVerifierTimeout;

    /// <summary>Gets or sets the length above which questions bypass the cache. Questions are never shortened.</summary>
    /// <value>1 to 1,048,576 UTF-16 code units; default 32,768.</value>
    [Range(1, 1 << 20)]
    public int MaxQuestionLength { get; set; } = DefaultMaxQuestionLength;

    /// <summary>Gets or sets the size of the largest answer that is stored, in bytes of its stored form.</summary>
    /// <value>1 to 268,435,456; default 1,048,576. A larger answer is returned but not stored.</value>
    [Range(1, 1 << 28)]
    public int MaxAnswerBytes { get; set; } = DefaultMaxAnswerBytes;

    /// <summary>Gets or sets how many generated answers of one scope are stored in each <see cref="NewAnswersWindow"/>.</summary>
    /// <value>
    /// 1 to 1,000,000,000; default 10,000; <see langword="null"/> for no limit. Further answers are returned and not stored, which is counted and said once. It bounds what one caller can plant among the answers
    /// of its scope, and holds for each instance by itself. What the host stores with <see cref="ISemanticCache.StoreAsync"/> does not count.
    /// </value>
    [Range(1, 1_000_000_000)]
    public int? MaxNewAnswersPerScope { get; set; } = DefaultMaxNewAnswersPerScope;

    /// <summary>Gets or sets the time after which <see cref="MaxNewAnswersPerScope"/> counts anew.</summary>
    /// <value>Positive, at most one day; default one hour.</value>
    public TimeSpan NewAnswersWindow { get; set; } = DefaultNewAnswersWindow;

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal SemanticCacheLimits Copy() => (SemanticCacheLimits)MemberwiseClone();
}
