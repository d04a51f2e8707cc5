namespace RagCaching.LatencyLab.Rag;

/// <summary>Where the time of one request went; the stages add up to <see cref="Total"/>.</summary>
/// <param name="Embedding">Calls of the embedding model.</param>
/// <param name="Lookup">The semantic cache, without its embedding.</param>
/// <param name="Retrieval">The searches, and choosing chunks.</param>
/// <param name="FirstToken">From the prompt to the first token; zero where the answer comes as a whole.</param>
/// <param name="Generation">The rest of the answer.</param>
internal readonly record struct StageTimes(TimeSpan Embedding, TimeSpan Lookup, TimeSpan Retrieval, TimeSpan FirstToken, TimeSpan Generation)
{
    public TimeSpan Total => Embedding + Lookup + Retrieval + FirstToken + Generation;

    /// <summary>Makes stages of a pipeline's timings.</summary>
    /// <param name="timings">The timings.</param>
    /// <param name="embedding">All calls of the embedding model; what the pipeline does not know of happened inside of a retriever.</param>
    /// <param name="streams">Whether the answer came as a stream.</param>
    public static StageTimes Of(RagTimings timings, TimeSpan embedding, bool streams)
    {
        var hidden = Positive(embedding - timings.Embedding);
        var retrieval = Positive(timings.Retrieval - hidden);
        var before = timings.Embedding + hidden + timings.CacheLookup + retrieval;
        var firstToken = streams ? Positive(timings.TimeToFirstToken - before) : TimeSpan.Zero;
        return new StageTimes(timings.Embedding + hidden, timings.CacheLookup, retrieval, firstToken, Positive(timings.Total - before - firstToken));
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
