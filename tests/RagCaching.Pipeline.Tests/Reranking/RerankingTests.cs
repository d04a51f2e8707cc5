using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Reranking;

/// <summary>A reranker orders what was retrieved; one that fails costs its order and nothing else.</summary>
public sealed class RerankingTests : IDisposable
{
    private const string Question = "What does premium cost?";

    private readonly PipelineFixture _fixture = new();
    private readonly RerankerDouble _reranker = new();

    public RerankingTests()
    {
        _fixture.Services.Add<IReranker>(_reranker);
        _fixture.Retriever.Chunks.Clear();
        _fixture.Retriever.Chunks.AddRange([RetrieverDouble.Chunk("c1", score: 0.9), RetrieverDouble.Chunk("c2", score: 0.8), RetrieverDouble.Chunk("c3", score: 0.1)]);
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Ask_Chunks_AreChosenByTheScoresOfTheReranker()
    {
        var answer = await _fixture.AskAsync(Question);

        // The retrieval alone would have left c3 out; its scores stay what they are.
        Assert.Equal([("c3", 0.1), ("c2", 0.8), ("c1", 0.9)], answer.Chunks.Select(chunk => (chunk.Id, chunk.Score!.Value)));
        Assert.Equal([Question], _reranker.Questions);
    }

    [Fact]
    public async Task Ask_ChunksThatAreLeftOutOrFarBehind_AreNotUsed()
    {
        _reranker.Callback = (chunks, _) => new([new(chunks[0], 0.2), new(chunks[1], 0.9)]);

        Assert.Equal(["c2"], (await _fixture.AskAsync(Question)).Chunks.Select(chunk => chunk.Id));
    }

    [Fact]
    public async Task Ask_OneChunk_NeedsNoReranker()
    {
        _fixture.Retriever.Chunks.RemoveRange(1, 2);

        await _fixture.AskAsync(Question);

        Assert.Equal(0, _reranker.Calls);
    }

    [Theory]
    [InlineData("throws", "IOException")]
    [InlineData("null", "InvalidOperationException")]
    [InlineData("null chunk", "InvalidOperationException")]
    [InlineData("unknown", "InvalidOperationException")]
    [InlineData("twice", "InvalidOperationException")]
    [InlineData("NaN", "InvalidOperationException")]
    [InlineData("cancels", "OperationCanceledException")]
    public async Task Ask_RerankerFails_KeepsTheOrderOfTheRetrievalAndCounts(string fault, string errorType)
    {
        using var failures = _fixture.Counter(PipelineNames.Instruments.RerankerFailures);
        _reranker.Callback = (chunks, _) => fault switch
        {
            "null" => new((IReadOnlyList<RerankedChunk>)null!),
            "null chunk" => new([new(null!, 1)]),
            "unknown" => new([new(RetrieverDouble.Chunk("c4"), 1)]),
            "twice" => new([new(chunks[0], 1), new(chunks[0], 1)]),
            "NaN" => new([new(chunks[0], double.NaN)]),
            "cancels" => throw new OperationCanceledException(),
            _ => throw new IOException("premium"),
        };

        var answer = await _fixture.AskAsync(Question);

        Assert.Equal(["c1", "c2"], answer.Chunks.Select(chunk => chunk.Id));
        Assert.Equal(errorType, failures.LastMeasurement!.Tags[PipelineNames.Tags.ErrorType]);
        Assert.DoesNotContain("premium", Assert.Single(_fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == PipelineLog.RerankerFailedId).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_RerankerIsLate_IsLeftOutAndItsTokenCancelled()
    {
        var never = new TaskCompletionSource<IReadOnlyList<RerankedChunk>>();
        var token = CancellationToken.None;
        _reranker.Callback = (_, given) =>
        {
            token = given;
            return new(never.Task);
        };

        var asking = _fixture.AskAsync(Question);
        _fixture.Cache.Time.Advance(_fixture.Options.Reranking.Timeout);

        Assert.Equal(["c1", "c2"], (await asking).Chunks.Select(chunk => chunk.Id));
        Assert.True(token.IsCancellationRequested);
    }

    [Fact]
    public async Task Ask_RerankerFailed_TheAnswerIsKeptAsOneOfAPart()
    {
        _reranker.Callback = (_, _) => throw new IOException();
        await _fixture.AskAsync(Question);
        Assert.True((await _fixture.AskAsync(Question)).IsHit);

        _fixture.Cache.Time.Advance(_fixture.Options.PartialAnswerTimeToLive);

        Assert.False((await _fixture.AskAsync(Question)).IsHit);
    }

    [Fact]
    public async Task Ask_AnotherReranker_DoesNotShareAnswers()
    {
        await _fixture.AskAsync(Question);
        _reranker.Name = "other";

        Assert.False((await _fixture.NewPipeline().AskAsync(Question, cancellationToken: TestContext.Current.CancellationToken)).IsHit);
    }
}
