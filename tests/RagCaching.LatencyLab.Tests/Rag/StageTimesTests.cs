using RagCaching.LatencyLab.Rag;

namespace RagCaching.LatencyLab.Tests.Rag;

public sealed class StageTimesTests
{
    [Fact]
    public void Of_Stream_StagesAddUpToTheTotal()
    {
        var stages = StageTimes.Of(
            new RagTimings { Embedding = Ms(10), CacheLookup = Ms(1), Retrieval = Ms(20), TimeToFirstToken = Ms(60), Generation = Ms(170), Total = Ms(200) }, Ms(10), streams: true);

        Assert.Equal((Ms(10), Ms(1), Ms(20), Ms(29), Ms(140)), (stages.Embedding, stages.Lookup, stages.Retrieval, stages.FirstToken, stages.Generation));
        Assert.Equal(Ms(200), stages.Total);
    }

    [Fact]
    public void Of_EmbeddingInsideARetriever_IsNoRetrieval()
    {
        var stages = StageTimes.Of(new RagTimings { Retrieval = Ms(30), TimeToFirstToken = Ms(200), Total = Ms(200) }, Ms(10), streams: false);

        Assert.Equal((Ms(10), Ms(20), TimeSpan.Zero, Ms(170)), (stages.Embedding, stages.Retrieval, stages.FirstToken, stages.Generation));
    }

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
