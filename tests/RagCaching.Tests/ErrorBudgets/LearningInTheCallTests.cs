using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.ErrorBudgets;

/// <summary>What is learnt is learnt inside of the call that it is learnt from: no model is called behind a caller's back.</summary>
public sealed class LearningInTheCallTests : IDisposable
{
    private readonly BudgetFixture _budget = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _budget.Dispose();

    [Fact]
    public async Task GetOrCreate_Comparing_TheCallEndsAfterwards()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource<AnswerComparison>(TaskCreationOptions.RunContinuationsAsynchronously);
        await CreateAsync();
        _budget.Comparer.Compare = async (_, _, _) =>
        {
            entered.SetResult();
            return await gate.Task;
        };

        var asking = CreateAsync();
        await entered.Task;
        Assert.False(asking.IsCompleted);
        gate.SetResult(AnswerComparison.Same);
        await asking;

        Assert.Equal((1, 1), (_budget.Statistics.Labels, _budget.Comparer.Calls));
    }

    [Fact]
    public async Task GetOrStream_ReadToTheEnd_LearnsBeforeTheStreamEnds()
    {
        await CreateAsync();

        await foreach (var update in await StreamAsync())
        {
            _ = update;
        }

        // Not flushed: the end of the stream is the end of the learning.
        Assert.Equal((1, 1), (_budget.Statistics.Labels, _budget.Comparer.Calls));
    }

    [Fact]
    public async Task GetOrStream_BrokenOff_LearnsNothing()
    {
        await CreateAsync();

        await foreach (var update in await _budget.Cache.GetOrStreamAsync(_budget.NewQuestion(), NeverEndingAsync, Token))
        {
            Assert.Equal("an ", update.Text);
            break;
        }

        await _budget.Cache.FlushAsync(Token);
        Assert.Equal((0, 0), (_budget.Statistics.Labels, _budget.Comparer.Calls));
    }

    [Fact]
    public async Task GetOrCreate_FactoryFails_LearnsNothing()
    {
        await CreateAsync();

        await Assert.ThrowsAsync<InvalidCastException>(() => _budget.Cache.GetOrCreateAsync(
            _budget.NewQuestion(), _ => Task.FromException<ChatResponse>(new InvalidCastException("no model")), Token).AsTask());

        Assert.Equal((0, 0), (_budget.Statistics.Labels, _budget.Comparer.Calls));
    }

    private async Task CreateAsync() => await _budget.Cache.GetOrCreateAsync(_budget.NewQuestion(), _ => Task.FromResult(CacheFixture.Answer("an answer")), Token);

    private ValueTask<SemanticCacheStreamingResult> StreamAsync() => _budget.Cache.GetOrStreamAsync(_budget.NewQuestion(), _ => UpdatesAsync(), Token);

    private static async IAsyncEnumerable<ChatResponseUpdate> UpdatesAsync()
    {
        foreach (var update in (ChatResponseUpdate[])[new(ChatRole.Assistant, "an "), new(ChatRole.Assistant, "answer") { FinishReason = ChatFinishReason.Stop }])
        {
            yield return update;
            await Task.Yield();
        }
    }

    // Cannot be whole before its reader leaves.
    private static async IAsyncEnumerable<ChatResponseUpdate> NeverEndingAsync(SemanticCacheEntryContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, "an ");
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
    }
}
