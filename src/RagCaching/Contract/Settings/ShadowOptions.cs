using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>What a <see cref="SemanticCache"/> observes besides what it serves, so that its owner can choose a threshold.</summary>
public sealed class ShadowOptions
{
    internal const float DefaultNearMissMargin = 0.05f;

    /// <summary>Gets or sets a value indicating whether the cache only watches: it decides and records, and serves nothing by meaning.</summary>
    /// <value>
    /// Default <see langword="false"/>. Exact repeats are served all the same. What would have been served is compared with the new answer and kept in the
    /// <see cref="ShadowLog"/>, from which a threshold can be chosen.
    /// </value>
    public bool Enabled { get; set; }

    /// <summary>Gets or sets how far below the threshold a miss looks for the nearest stored question, to say how near it was.</summary>
    /// <value>
    /// A difference of cosines, 0 to 2; default 0.05. With 2 every miss says how near the nearest question was. What is farther than 0.05 below is looked for by a second search,
    /// which only misses that found nothing nearer make; among 100,000 entries in memory it takes milliseconds, since little can be ruled out. Under an error budget and in
    /// shadow mode, which look further anyway, it is never less than what these need.
    /// </value>
    [Range(0.0, 2.0)]
    public float NearMissMargin { get; set; } = DefaultNearMissMargin;

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal ShadowOptions Copy() => (ShadowOptions)MemberwiseClone();
}
