using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;

namespace RagCaching.Tests.TestDoubles;

/// <summary>A model that streams what the test writes into it, call by call.</summary>
internal sealed class StreamDouble
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly List<Call> _calls = [];
    private readonly Channel<Call> _started = Channel.CreateUnbounded<Call>();

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

    /// <summary>Waits for the next call that has not been waited for.</summary>
    /// <exception cref="TimeoutException">None came in a minute: a test that waits for ever says nothing.</exception>
    public Task<Call> NextCallAsync() => _started.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(LongestWait, TestContext.Current.CancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(SemanticCacheEntryContext context, CancellationToken cancellationToken)
    {
        var call = new Call(context, cancellationToken);
        lock (_lock)
        {
            _calls.Add(call);
        }

        _started.Writer.TryWrite(call);
        return call.ReadAsync(cancellationToken);
    }

    internal sealed class Call(SemanticCacheEntryContext context, CancellationToken token)
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Channel<ChatResponseUpdate> _updates = Channel.CreateUnbounded<ChatResponseUpdate>();

        public SemanticCacheEntryContext Context => context;

        public CancellationToken Token => token;

        public bool Ended => WhenEnded.IsCompleted;

        public Task WhenEnded => _ended.Task;

        public ChatResponseUpdate Write(string text)
        {
            var update = new ChatResponseUpdate(ChatRole.Assistant, text) { MessageId = "m1", ModelId = "model-x" };
            Write(update);
            return update;
        }

        public void Write(ChatResponseUpdate update) => _updates.Writer.TryWrite(update);

        public void Finish(ChatFinishReason? reason = null)
        {
            var end = new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 3, OutputTokenCount = 4 })])
            {
                FinishReason = reason ?? ChatFinishReason.Stop,
                MessageId = "m1",
            };
            _updates.Writer.TryWrite(end);
            _updates.Writer.Complete();
        }

        public void Fail(Exception exception) => _updates.Writer.Complete(exception);

        public async IAsyncEnumerable<ChatResponseUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            try
            {
                await foreach (var update in _updates.Reader.ReadAllAsync(cancellationToken))
                {
                    yield return update;
                }
            }
            finally
            {
                _ended.TrySetResult();
            }
        }
    }
}
