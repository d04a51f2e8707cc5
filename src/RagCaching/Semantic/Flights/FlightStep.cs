namespace RagCaching.Semantic.Flights;

/// <summary>The outcome of looking into a <see cref="FlightGroup"/>.</summary>
internal enum FlightStep
{
    /// <summary>The caller's own flight was added; it has to be run.</summary>
    Added,

    /// <summary>The very same question is being answered.</summary>
    Found,

    /// <summary>Other questions are being answered that the caller has not compared its own with.</summary>
    Compare,

    /// <summary>The last flight has left the group, and a new group has to be made.</summary>
    Closed,
}
