using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>Settings for observing a <see cref="SemanticCache"/>, so that its owner can choose a threshold.</summary>
public sealed class ShadowOptions
{
    internal const float DefaultNearMissMargin = 0.05f;

    /// <summary>Gets or sets a value indicating whether the cache is in shadow mode: it decides and records, but serves nothing by meaning.</summary>
    /// <value>
    /// Default <see langword="false"/>. Exact repeats are still served. The answer that would have been served is compared with the new one, and the comparison is kept in the
    /// <see cref="ShadowLog"/>, from which a threshold can be chosen. Follows the configuration while the host runs; what an error budget has learnt is kept.
    /// </value>
    public bool Enabled { get; set; }

    /// <summary>Gets or sets how far below the threshold a miss searches for the nearest stored question, to report its similarity.</summary>
    /// <value>
    /// A difference of cosines, 0 to 2; default 0.05. With 2, every miss reports the similarity of the nearest question. Questions farther than 0.05 below the threshold need a second
    /// search, which runs only after misses that found nothing nearer. Among 100,000 entries in memory it takes milliseconds, because it can rule out few of them. An error budget and
    /// shadow mode search further in any case; under them the margin is never less than they need.
    /// </value>
    [Range(0.0, 2.0)]
    public float NearMissMargin { get; set; } = DefaultNearMissMargin;

    /// <summary>Gets or sets a value indicating whether the <see cref="ShadowLog"/> keeps the text of questions.</summary>
    /// <value>Default <see langword="false"/>: it keeps only similarities, decisions and comparisons.</value>
    public bool EnableSensitiveData { get; set; }

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal ShadowOptions Copy() => (ShadowOptions)MemberwiseClone();
}
