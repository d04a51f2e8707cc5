namespace RagCaching.LatencyLab.Server;

/// <summary>How long the stand-ins take, with the speed already taken into account.</summary>
/// <param name="Embedding">One embedding call, whatever its size.</param>
/// <param name="Retrieval">One search of one source.</param>
/// <param name="FirstToken">From a chat request to its first token, without reading the prompt.</param>
/// <param name="WholeAnswer">From a chat request to its last token, without reading the prompt.</param>
/// <param name="Prompt">Reading a thousand tokens of a prompt.</param>
/// <param name="SmallModel">How much sooner the small model is done.</param>
internal sealed record StandInLatencies(
    TimeSpan Embedding, TimeSpan Retrieval, TimeSpan FirstToken, TimeSpan WholeAnswer, TimeSpan Prompt, TimeSpan SmallModel)
{
    public const string LargeModelName = "stand-in-answerer";
    public const string SmallModelName = "stand-in-small-answerer";

    public static readonly StandInLatencies None = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    public static readonly StandInLatencies Unscaled = new(
        TimeSpan.FromMilliseconds(100),
        TimeSpan.FromMilliseconds(100),
        TimeSpan.FromMilliseconds(200),
        TimeSpan.FromSeconds(2),
        TimeSpan.FromMilliseconds(20),
        TimeSpan.FromMilliseconds(200));

    public StandInLatencies At(double speed) => new(Embedding / speed, Retrieval / speed, FirstToken / speed, WholeAnswer / speed, Prompt / speed, SmallModel / speed);

    /// <summary>Gets the times of an answer.</summary>
    public AnswerTimes Of(string model, int promptTokens)
    {
        var reading = Prompt * (promptTokens / 1_000d);
        var saved = model == SmallModelName ? SmallModel : TimeSpan.Zero;
        return new AnswerTimes(FirstToken + reading, WholeAnswer + reading - saved);
    }
}
