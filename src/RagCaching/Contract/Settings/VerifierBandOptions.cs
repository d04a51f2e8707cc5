using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>The grey zone around the threshold in which <see cref="IMatchVerifier"/>s are asked.</summary>
/// <remarks>Without a verifier, and under an error budget, it has no effect.</remarks>
public sealed class VerifierBandOptions
{
    /// <summary>Gets or sets how far below the threshold a match may be that verifiers can still allow.</summary>
    /// <value>In [0, 2]; default 0: what is below the threshold is refused without asking.</value>
    [Range(0.0, 2.0)]
    public float Below { get; set; }

    /// <summary>Gets or sets how far above the threshold a match is served without asking verifiers.</summary>
    /// <value>In [0, 2]; default <see langword="null"/>: they are asked about every match.</value>
    [Range(0.0, 2.0)]
    public float? Above { get; set; }

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal VerifierBandOptions Copy() => (VerifierBandOptions)MemberwiseClone();
}
