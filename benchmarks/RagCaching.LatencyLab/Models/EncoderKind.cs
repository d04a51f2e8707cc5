namespace RagCaching.LatencyLab.Models;

/// <summary>What turns texts into vectors.</summary>
internal enum EncoderKind
{
    /// <summary>The sentence encoder all-MiniLM-L6-v2, in this process.</summary>
    MiniLM,

    /// <summary>A stand-in that compares spellings, behind the lab's server as a provider's model would be.</summary>
    Hashing,
}
