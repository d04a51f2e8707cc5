using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>How long the steps of a <see cref="SemanticCache"/> may take, and how large questions and answers may be.</summary>
public sealed class SemanticCacheLimits
{
    internal const int DefaultMaxQuestionLength = 32_768;
    internal const int DefaultMaxAnswerBytes = 1 << 20;
    internal static readonly TimeSpan DefaultLookupTimeout = TimeSpan.FromSeconds(2);
    internal static readonly TimeSpan DefaultJoinTimeout = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan DefaultVerifierTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long a lookup, embedding included, may take before it counts as a miss.</summary>
    /// <value>Positive, at most one hour; default 2 seconds.</value>
    public TimeSpan LookupTimeout { get; set; } = DefaultLookupTimeout;

    /// <summary>Gets or sets how long a caller waits for another caller's answer to the same question before it asks for its own.</summary>
    /// <value>Positive, at most one hour; default 30 seconds.</value>
    public TimeSpan JoinTimeout { get; set; } = DefaultJoinTimeout;

    /// <summary>Gets or sets how long a factory may take to generate an answer, the end of its stream included.</summary>
    /// <value>
    /// Positive, at most one day; default <see langword="null"/>: as long as somebody waits. When it passes, the factory's token is cancelled and every caller that waits gets a
    /// <see cref="TimeoutException"/>, even from a factory that does not look at its token.
    /// </value>
    public TimeSpan? GenerationTimeout { get; set; }

    /// <summary>Gets or sets how long an <see cref="IMatchVerifier"/> may take before it counts as a refusal.</summary>
    /// <value>Positive, at most one hour; default 1 second. The time counts towards <see cref="LookupTimeout"/>.</value>
    public TimeSpan VerifierTimeout { get; set; } = DefaultVerifierTimeout;

    /// <summary>Gets or sets the length from which on questions bypass the cache; they are never shortened.</summary>
    /// <value>1 to 1,048,576 UTF-16 code units; default 32,768.</value>
    [Range(1, 1 << 20)]
    public int MaxQuestionLength { get; set; } = DefaultMaxQuestionLength;

    /// <summary>Gets or sets the largest answer that is stored, in bytes of its stored form.</summary>
    /// <value>1 to 268,435,456; default 1,048,576. A larger one is returned, not stored.</value>
    [Range(1, 1 << 28)]
    public int MaxAnswerBytes { get; set; } = DefaultMaxAnswerBytes;

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal SemanticCacheLimits Copy() => (SemanticCacheLimits)MemberwiseClone();
}
