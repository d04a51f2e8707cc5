using Microsoft.Extensions.AI;
using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Tests.TestDoubles;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Caching;

/// <summary>A cache of chunks that fails is a counted miss, and never an error of the question.</summary>
public sealed class RetrievalFailureTests : IDisposable
{
    private const string Question = "What does premium cost?";
    private const string Reworded = "What does the premium cost?";

    private readonly PipelineFixture _fixture = new();

    public RetrievalFailureTests() => _fixture.KeepChunks();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Ask_Disposed_RetrievesAndCounts()
    {
        using var failures = _fixture.Counter(PipelineNames.Instruments.CacheFailures);
        await AskAsync(Question);
        _fixture.Pipeline.Dispose();

        Assert.Equal("answer 2", (await AskAsync(Question)).Text);

        Assert.Equal(2, _fixture.Retriever.Calls);
        Assert.NotEmpty(failures.GetMeasurementSnapshot());
        Assert.All(failures.GetMeasurementSnapshot(), measurement => Assert.Equal("ObjectDisposedException", measurement.Tags[PipelineNames.Tags.ErrorType]));
        Assert.Equal(0, await _fixture.Pipeline.InvalidateSourceAsync("prices", cancellationToken: Token));
    }

    [Fact]
    public async Task Ask_EmbedderFails_ServesTheVerySameQuestionAndRetrievesForOthers()
    {
        using var failures = _fixture.Counter(PipelineNames.Instruments.CacheFailures);
        _fixture.Cache.Generator.GenerateCallback = (_, _, _) => throw new IOException("premium");

        await AskAsync(Question);
        await AskAsync(Question);
        await AskAsync(Reworded);

        Assert.Equal(2, _fixture.Retriever.Calls);
        Assert.Equal([1L, 1], failures.GetMeasurementSnapshot().Select(measurement => measurement.Value));
        Assert.All(_fixture.Cache.Logs.GetSnapshot(), record => Assert.DoesNotContain("premium", record.Message, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Ask_EmbedderHangsWhereChunksAreAskedForAnew_AnswersWithinTheTimeOfARetrieval()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hangs = new TaskCompletionSource<GeneratedEmbeddings<Embedding<float>>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = 0;
        _fixture.Cache.Generator.GenerateCallback = (_, _, _) =>
        {
            // The first call is the look for an answer, which has a time limit of its own.
            if (Interlocked.Increment(ref calls) == 1)
            {
                entered.SetResult();
            }

            return hangs.Task;
        };

        var asking = _fixture.AskAsync(Question, new ChatOptions().WithSemanticCache(request => request.Mode = SemanticCacheMode.Refresh));
        await entered.Task;
        while (!asking.IsCompleted)
        {
            _fixture.Cache.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal("answer 1", (await asking).Text);
    }

    [Fact]
    public async Task Ask_GuardThrows_RefusesAndCounts()
    {
        using var failures = _fixture.Counter(PipelineNames.Instruments.CacheFailures);
        _fixture.Services.Add<IEnumerable<IMatchGuard>>([new TestGuard((_, _) => throw new IOException())]);
        _fixture.Cache.SameMeaning(Question, Reworded);

        await AskAsync(Question);
        await AskAsync(Reworded);

        Assert.Equal(2, _fixture.Retriever.Calls);
        Assert.Equal("IOException", failures.LastMeasurement!.Tags[PipelineNames.Tags.ErrorType]);
    }

    [Fact]
    public async Task Ask_LookIsLate_RetrievesAfterTheLimit()
    {
        var version = new TaskCompletionSource<string?>();
        _fixture.Options.CurrentSourceVersion = (_, _) => new(version.Task);
        await AskAsync(Question);

        var asking = AskAsync(Question);
        Assert.False(asking.IsCompleted);
        _fixture.Cache.Time.Advance(_fixture.Options.RetrievalTimeout);

        Assert.Equal("answer 2", (await asking).Text);
        Assert.Equal(2, _fixture.Retriever.Calls);
    }

    [Fact]
    public async Task Ask_VectorsOfAnotherLength_AreAMiss()
    {
        await AskAsync(Question);
        _fixture.Cache.Generator.Vector = text => TestEmbeddingGenerator.RandomVector(text, 8);

        Assert.Equal("answer 2", (await AskAsync(Reworded)).Text);

        Assert.Equal(2, _fixture.Retriever.Calls);
    }

    private Task<RagAnswer> AskAsync(string question) => _fixture.AskAsync(question, PipelineFixture.Personal);
}
