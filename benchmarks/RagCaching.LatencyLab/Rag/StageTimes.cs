namespace RagCaching.LatencyLab.Rag;

/// <summary>Where the time of one request went; the stages add up to <see cref="Total"/>.</summary>
/// <param name="Embedding">Calls of the embedding model.</param>
/// <param name="Lookup">The semantic cache, without its embedding.</param>
/// <param name="Retrieval">The searches.</param>
/// <param name="FirstToken">From the prompt to the first token; zero where the answer comes as a whole.</param>
/// <param name="Generation">The rest of the answer.</param>
internal readonly record struct StageTimes(TimeSpan Embedding, TimeSpan Lookup, TimeSpan Retrieval, TimeSpan FirstToken, TimeSpan Generation)
{
    public TimeSpan Total => Embedding + Lookup + Retrieval + FirstToken + Generation;

    public static StageTimes Of(RequestTrace trace, TimeSpan total, bool streams)
    {
        var before = trace.Embedding + trace.Lookup + trace.Retrieval;
        var firstToken = streams ? Positive(trace.FirstToken - before) : TimeSpan.Zero;
        return new StageTimes(trace.Embedding, trace.Lookup, trace.Retrieval, firstToken, Positive(total - before - firstToken));
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
