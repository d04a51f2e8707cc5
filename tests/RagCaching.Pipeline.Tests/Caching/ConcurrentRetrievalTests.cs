using RagCaching.Pipeline.Caching;
using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Tests.TestDoubles;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Caching;

/// <summary>Equal questions at the same time are retrieved for once.</summary>
public sealed class ConcurrentRetrievalTests : IDisposable
{
    private const string Question = "What does premium cost?";

    private readonly PipelineFixture _fixture = new();
    private readonly TaskCompletionSource<IReadOnlyList<RetrievedChunk>> _retrieval = new();

    public ConcurrentRetrievalTests()
    {
        _fixture.KeepChunks();
        _fixture.Retriever.Callback = (_, _) => new(_retrieval.Task);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Ask_EqualQuestions_AreRetrievedForOnce()
    {
        using var requests = _fixture.Counter(PipelineNames.Instruments.CacheRequests);
        var asking = Enumerable.Range(0, 20).Select(_ => _fixture.AskAsync(Question, PipelineFixture.Personal)).ToArray();

        _retrieval.SetResult([RetrieverDouble.Chunk("c1")]);
        await Task.WhenAll(asking);

        Assert.Equal((1, 20), (_fixture.Retriever.Calls, _fixture.Chat.Calls));
        Assert.Equal(19, requests.GetMeasurementSnapshot().Count(measurement => (string?)measurement.Tags[PipelineNames.Tags.CacheResult] == PipelineNames.CacheResults.Joined));
    }

    [Fact]
    public async Task Ask_RetrieversFail_EveryCallerHasTheException()
    {
        var asking = Enumerable.Range(0, 3).Select(_ => _fixture.AskAsync(Question, PipelineFixture.Personal)).ToArray();

        _retrieval.SetException(new IOException());

        foreach (var task in asking)
        {
            Assert.IsType<IOException>((await Assert.ThrowsAsync<RetrievalException>(() => task)).InnerException);
        }

        // A failure is not kept.
        _fixture.Retriever.Callback = null;
        Assert.Single((await _fixture.AskAsync(Question, PipelineFixture.Personal)).Chunks);
    }

    [Fact]
    public async Task Run_FirstCallerLeaves_AnotherMakesTheCall()
    {
        var flights = new FlightTable<string, int>();
        using var first = new CancellationTokenSource();
        var (calls, running, most) = (0, 0, 0);
        var gate = new TaskCompletionSource<int>();
        async Task<int> Call(CancellationToken token)
        {
            Interlocked.Increment(ref calls);
            most = Math.Max(most, Interlocked.Increment(ref running));
            try
            {
                return await gate.Task.WaitAsync(token);
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        }

        var leader = flights.RunAsync("q", Call, first.Token);
        var others = Enumerable.Range(0, 3).Select(_ => flights.RunAsync("q", Call, Token)).ToArray();
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        await Eventually.HoldsAsync(() => Volatile.Read(ref calls) == 2, "The second call");
        gate.SetResult(7);

        // Who wakes up after the second call has ended makes one more, and never beside another.
        Assert.All(await Task.WhenAll(others), other => Assert.Equal(7, other.Result));
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Run_OneOfSeveralLeaves_SeesItsOwnCancellationOnly()
    {
        var flights = new FlightTable<string, int>();
        var gate = new TaskCompletionSource<int>();
        using var impatient = new CancellationTokenSource();
        var leader = flights.RunAsync("q", _ => gate.Task, Token);
        var follower = flights.RunAsync("q", _ => gate.Task, impatient.Token);

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => follower);
        gate.SetResult(7);
        Assert.Equal((7, false), await leader);
        Assert.Equal((8, false), await flights.RunAsync("q", _ => Task.FromResult(8), Token));
    }
}
