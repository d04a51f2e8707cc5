using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Tests.TestDoubles;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Retrieval;

public sealed class ParallelRetrievalTests : IDisposable
{
    private const string Question = "What does premium cost?";

    private readonly PipelineFixture _fixture = new();
    private readonly RetrieverDouble _other = new("other");

    public ParallelRetrievalTests() => _fixture.Retrievers.Add(_other);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Ask_Retrievers_AreAllAskedBeforeAnyAnswers()
    {
        var gates = new Dictionary<IRetriever, TaskCompletionSource<IReadOnlyList<RetrievedChunk>>>();
        foreach (var retriever in _fixture.Retrievers.Cast<RetrieverDouble>())
        {
            gates[retriever] = new();
            retriever.Callback = (_, _) => new(gates[retriever].Task);
        }

        var asking = _fixture.AskAsync(Question);
        await Eventually.HoldsAsync(() => _other.Calls > 0, "The call of the other retriever");

        Assert.Equal(1, _fixture.Retriever.Calls);
        gates[_other].SetResult([RetrieverDouble.Chunk("c2")]);
        gates[_fixture.Retriever].SetResult([RetrieverDouble.Chunk("c1")]);
        Assert.Equal(["c1", "c2"], (await asking).Chunks.Select(chunk => chunk.Id));
    }

    [Fact]
    public async Task Ask_OneThrows_IsLeftOutReportedAndCounted()
    {
        using var failures = new MetricCollector<long>(_fixture.Cache.Meters, RagCachingDiagnostics.MeterName, PipelineNames.Instruments.RetrieverFailures);
        _other.Callback = (_, _) => throw new IOException("premium");

        var answer = await _fixture.AskAsync(Question);

        Assert.Equal("answer 1", answer.Text);
        var failure = Assert.Single(answer.RetrieverFailures);
        Assert.Equal("other", failure.Retriever);
        Assert.IsType<IOException>(failure.Exception);
        Assert.Equal(("other", "IOException"), (failures.LastMeasurement!.Tags[PipelineNames.Tags.Retriever], failures.LastMeasurement.Tags[PipelineNames.Tags.ErrorType]));
        var warning = Assert.Single(_fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == PipelineLog.RetrieverFailedId);
        Assert.DoesNotContain("premium", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_OneIsLate_IsLeftOutAndItsTokenCancelled()
    {
        var never = new TaskCompletionSource<IReadOnlyList<RetrievedChunk>>();
        _other.Callback = (_, _) => new(never.Task);

        var asking = _fixture.AskAsync(Question);
        await Eventually.HoldsAsync(() => _other.Calls > 0, "The call of the other retriever");

        _fixture.Cache.Time.Advance(_fixture.Options.RetrievalTimeout);

        var failure = Assert.Single((await asking).RetrieverFailures);
        Assert.Equal("other", failure.Retriever);
        Assert.Contains("'other'", Assert.IsType<TimeoutException>(failure.Exception).Message, StringComparison.Ordinal);
        Assert.True(_other.LastToken.IsCancellationRequested);
    }

    [Fact]
    public async Task Ask_OneReturnsNullOrNonsense_IsLeftOutAndNamed()
    {
        foreach (var nonsense in (IReadOnlyList<RetrievedChunk>?[])[null, [null!], [RetrieverDouble.Chunk("")], [RetrieverDouble.Chunk("x", source: "")], [new() { Id = "x", SourceId = "s", Text = null! }]])
        {
            _other.Callback = (_, _) => ValueTask.FromResult(nonsense!);

            var failure = Assert.Single((await _fixture.NewPipeline(NullSemanticCache.Instance).AskAsync(Question, cancellationToken: Token)).RetrieverFailures);

            Assert.Contains("'other'", Assert.IsType<InvalidOperationException>(failure.Exception).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Ask_AllFail_ThrowsWithAllNamesAndWithoutTheirMessages()
    {
        _fixture.Retriever.Callback = (_, _) => throw new IOException("premium");
        _other.Callback = (_, _) => throw new FormatException("premium");

        var exception = await Assert.ThrowsAsync<RetrievalException>(() => _fixture.AskAsync(Question));

        Assert.Equal(["documents", "other"], exception.Failures.Select(failure => failure.Retriever));
        Assert.Equal("All retrievers failed: 'documents' (IOException), 'other' (FormatException).", exception.Message);
        Assert.Equal(0, _fixture.Chat.Calls);
    }

    [Fact]
    public async Task Ask_CallerLeaves_StopsTheSearches()
    {
        using var leaving = new CancellationTokenSource();
        var never = new TaskCompletionSource<IReadOnlyList<RetrievedChunk>>();
        _other.Callback = (_, _) => new(never.Task);
        var asking = _fixture.Pipeline.AskAsync(Question, cancellationToken: leaving.Token);
        await Eventually.HoldsAsync(() => _other.Calls > 0, "The call of the other retriever");

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.True(_other.LastToken.IsCancellationRequested);
    }

    [Fact]
    public async Task Ask_PartialAnswer_IsKeptForItsOwnTimeOnly()
    {
        _other.Callback = (_, _) => throw new IOException();
        await _fixture.AskAsync(Question);

        Assert.True((await _fixture.AskAsync(Question)).IsHit);
        _fixture.Cache.Time.Advance(_fixture.Options.PartialAnswerTimeToLive);
        Assert.False((await _fixture.AskAsync(Question)).IsHit);
    }

    [Fact]
    public async Task Ask_PartialAnswerWithoutATimeToLive_IsNotStored()
    {
        _fixture.Options.PartialAnswerTimeToLive = TimeSpan.Zero;
        _other.Callback = (_, _) => throw new IOException();
        await _fixture.AskAsync(Question);

        Assert.False((await _fixture.AskAsync(Question)).IsHit);
    }

    [Fact]
    public async Task Ask_QuestionVector_IsEmbeddedOnceForAllRetrievers()
    {
        var vectors = new List<ReadOnlyMemory<float>>();
        foreach (var retriever in _fixture.Retrievers.Cast<RetrieverDouble>())
        {
            retriever.Callback = async (request, token) =>
            {
                vectors.Add(await request.GetVectorAsync(token));
                return [RetrieverDouble.Chunk("c")];
            };
        }

        await _fixture.NewPipeline(NullSemanticCache.Instance).AskAsync(Question, cancellationToken: Token);

        Assert.Equal(2, vectors.Count);
        Assert.Equal(_fixture.Cache.VectorOf(Question), vectors[0].ToArray());
        Assert.Single(_fixture.Cache.Generator.Batches);
    }

    [Fact]
    public async Task Ask_NoEmbedder_SaysSo()
    {
        _fixture.Retriever.Callback = async (request, token) => [RetrieverDouble.Chunk($"{(await request.GetVectorAsync(token)).Length}")];
        var pipeline = new RagPipeline(_fixture.Chat, [_fixture.Retriever]);

        var exception = await Assert.ThrowsAsync<RetrievalException>(() => pipeline.AskAsync(Question, cancellationToken: Token));

        Assert.Contains("ICachedEmbedder", exception.Failures[0].Exception.Message, StringComparison.Ordinal);
    }
}
