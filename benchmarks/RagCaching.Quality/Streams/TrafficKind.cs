namespace RagCaching.Quality.Streams;

/// <summary>How questions come.</summary>
internal enum TrafficKind
{
    /// <summary>Every question once.</summary>
    OnePass,

    /// <summary>Popular answers often.</summary>
    Zipf,
}
