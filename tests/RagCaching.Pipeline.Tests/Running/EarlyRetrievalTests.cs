using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Running;

public sealed class EarlyRetrievalTests : IDisposable
{
    private const string Question = "What does premium cost?";

    private readonly PipelineFixture _fixture = new();
    private readonly TaskCompletionSource _embedding = new();
    private readonly TaskCompletionSource _searched = new();

    public EarlyRetrievalTests()
    {
        _fixture.Options.RetrieveDuringLookup = true;
        _fixture.Cache.Generator.GenerateCallback = async (batch, _, _) =>
        {
            await _embedding.Task;
            return _fixture.Cache.Generator.Generate(batch);
        };
        _fixture.Retriever.Callback = (_, _) =>
        {
            _searched.TrySetResult();
            return ValueTask.FromResult<IReadOnlyList<RetrievedChunk>>([.. _fixture.Retriever.Chunks]);
        };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Miss_RetrievalRunsWhileTheLookupDoes_AndOnce(bool streams)
    {
        Task asking = streams ? _fixture.StreamAsync(Question) : _fixture.AskAsync(Question);
        await _searched.Task;
        Assert.False(asking.IsCompleted);
        _embedding.SetResult();
        await asking;

        Assert.Equal(1, _fixture.Retriever.Calls);
        Assert.Equal(1, _fixture.Chat.Calls);
    }

    [Fact]
    public async Task ExactHit_InMemory_NeverRetrieves()
    {
        _embedding.SetResult();
        await _fixture.AskAsync(Question);
        var calls = _fixture.Retriever.Calls;

        Assert.True((await _fixture.AskAsync(Question)).IsHit);
        Assert.True((await _fixture.StreamAsync(Question)).Answer.IsHit);
        Assert.Equal(calls, _fixture.Retriever.Calls);
    }

    [Fact]
    public async Task CloseHit_RetrievalThatIsNotNeeded_IsStopped()
    {
        _fixture.Cache.SameMeaning(Question, "How much is premium?");
        var never = new TaskCompletionSource<IReadOnlyList<RetrievedChunk>>();
        _embedding.SetResult();
        await _fixture.AskAsync(Question);
        var second = new TaskCompletionSource();
        _fixture.Cache.Generator.GenerateCallback = async (batch, _, _) =>
        {
            await second.Task;
            return _fixture.Cache.Generator.Generate(batch);
        };
        var started = new TaskCompletionSource<CancellationToken>();
        _fixture.Retriever.Callback = (_, token) =>
        {
            started.SetResult(token);
            return new(never.Task);
        };

        var asking = _fixture.AskAsync("How much is premium?");
        var token = await started.Task;
        second.SetResult();
        Assert.Equal(SemanticCacheOutcome.SemanticHit, (await asking).Outcome);

        var stopped = new TaskCompletionSource();
        await using var registration = token.Register(stopped.SetResult);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(10), Token);
    }

    [Fact]
    public async Task Miss_EarlyRetrievalFails_FailsTheQuestion()
    {
        _fixture.Retriever.Callback = (_, _) =>
        {
            _searched.TrySetResult();
            throw new IOException();
        };
        var asking = _fixture.AskAsync(Question);
        await _searched.Task;
        _embedding.SetResult();

        await Assert.ThrowsAsync<RetrievalException>(() => asking);
    }
}
