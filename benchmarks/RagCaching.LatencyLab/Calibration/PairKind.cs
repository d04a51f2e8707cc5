namespace RagCaching.LatencyLab.Calibration;

/// <summary>What is true about two texts.</summary>
internal enum PairKind
{
    /// <summary>They need different answers and are not meant to look alike.</summary>
    Different,

    /// <summary>They look alike and need different answers.</summary>
    LookAlike,

    /// <summary>They need the same answer.</summary>
    Same,
}
