namespace RagCaching.LatencyLab.Server;

/// <summary>How long the stand-ins take, with the speed already taken into account.</summary>
/// <param name="Embedding">One embedding call, whatever its size.</param>
/// <param name="Retrieval">One search of one source.</param>
/// <param name="FirstToken">From a chat request to its first token.</param>
/// <param name="WholeAnswer">From a chat request to its last token.</param>
internal sealed record StandInLatencies(TimeSpan Embedding, TimeSpan Retrieval, TimeSpan FirstToken, TimeSpan WholeAnswer)
{
    public static readonly StandInLatencies None = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    public static readonly StandInLatencies Unscaled = new(
        TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2));

    public StandInLatencies At(double speed) => new(Embedding / speed, Retrieval / speed, FirstToken / speed, WholeAnswer / speed);
}
