using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RagCaching.Chat.Answers;

/// <summary>Reads on when the reader of a stream has gone, so that an answer that is half paid for is kept after all.</summary>
/// <remarks>Thread-safe; disposing it ends everything that is still being read.</remarks>
/// <param name="timeLimit">How long to read on.</param>
/// <param name="maxLength">How many UTF-16 code units to read on.</param>
/// <param name="time">The clock.</param>
internal sealed class AbandonedStreams(TimeSpan timeLimit, int maxLength, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private bool _isDisposed;

    /// <summary>Reads a stream that is being generated.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="cancellationToken">The reader's token, of which the stream itself knows nothing.</param>
    public async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        IAsyncEnumerable<ChatResponseUpdate> stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var work = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var updates = stream.GetAsyncEnumerator(work.Token);
        Task<bool>? next = null;
        var isOver = false;
        try
        {
            while (true)
            {
                // No ConfigureAwait(false) around the inner client: it may run user tools that need their context.
                next = updates.MoveNextAsync().AsTask();
                if (!await next.WaitAsync(cancellationToken).ConfigureAwait(true))
                {
                    isOver = true;
                    yield break;
                }

                next = null;
                yield return updates.Current;
            }
        }
        finally
        {
            if (isOver || next is { IsFaulted: true } or { IsCanceled: true })
            {
                await EndAsync(updates, work).ConfigureAwait(true);
            }
            else
            {
                _ = ReadOnAsync(updates, next, work);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            _stopping.Cancel();
            _stopping.Dispose();
        }
    }

    private async Task ReadOnAsync(IAsyncEnumerator<ChatResponseUpdate> updates, Task<bool>? next, CancellationTokenSource work)
    {
        try
        {
            await using var timer = time.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), work, timeLimit, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
            var length = 0;
            while (length <= maxLength && await (next ?? updates.MoveNextAsync().AsTask()).ConfigureAwait(false))
            {
                next = null;
                length += updates.Current.Text.Length;
            }
        }
        catch (Exception exception)
        {
            // Nobody is left whom it concerns, and nothing was stored.
            Debug.WriteLine(exception);
        }
        finally
        {
            await EndAsync(updates, work).ConfigureAwait(false);
        }
    }

    // Ending a stream before its end stops the model, if nobody else reads.
    private static async Task EndAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationTokenSource work)
    {
        await updates.DisposeAsync().ConfigureAwait(false);
        work.Dispose();
    }
}
