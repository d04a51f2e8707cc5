using Microsoft.Extensions.AI;

namespace RagCaching.Tests.TestDoubles;

/// <summary>A model that answers when the test says so.</summary>
internal sealed class ModelDouble
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<(TaskCompletionSource<ChatResponse> Answer, CancellationToken Token)> _calls = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    public int Calls
    {
        get
        {
            lock (_lock)
            {
                return _calls.Count;
            }
        }
    }

    public async Task<ChatResponse> AnswerAsync(CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<ChatResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _calls.Add((answer, cancellationToken));
            foreach (var (_, reached) in _waiting.Where(waiting => _calls.Count >= waiting.Count))
            {
                reached.TrySetResult();
            }
        }

        await using var registration = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        return await answer.Task;
    }

    /// <summary>Waits until the model has been called so many times.</summary>
    /// <exception cref="TimeoutException">It was not in half a minute: a test that waits for ever says nothing.</exception>
    public Task Started(int count)
    {
        lock (_lock)
        {
            if (_calls.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task.WaitAsync(LongestWait);
        }
    }

    public void Answer(int call, string text) => Answer(call, CacheFixture.Answer(text));

    public void Answer(int call, ChatResponse response) => _calls[call].Answer.SetResult(response);

    public void Fail(int call, Exception exception) => _calls[call].Answer.SetException(exception);

    public CancellationToken TokenOf(int call) => _calls[call].Token;
}
