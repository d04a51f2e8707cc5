using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagCaching.Internal.Limits;

namespace RagCaching.Semantic.Flights;

/// <summary>The time that one answer may take to be generated, if there is a limit at all.</summary>
/// <remarks>
/// When it is over, the factory's token is cancelled and the flight ends, whether or not the factory looks at its token: a model that hangs must not hold a place that others
/// want to join, and a stream that never ends must not fill the memory.
/// </remarks>
internal sealed class GenerationLimit : IDisposable
{
    private readonly TimeSpan? _limit;
    private readonly CancellationTokenSource? _over;
    private readonly CancellationTokenSource? _cancellation;
    private readonly CancellationToken _work;
    private readonly TimeProvider _time;
    private readonly long _started;

    /// <summary>Starts the clock.</summary>
    /// <param name="limit">The limit; <see langword="null"/> for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="work">The token that is cancelled when nobody waits any more.</param>
    public GenerationLimit(TimeSpan? limit, TimeProvider time, CancellationToken work)
    {
        _limit = limit;
        _work = work;
        _time = time;
        _started = time.GetTimestamp();
        if (limit is { } duration)
        {
            _over = new CancellationTokenSource(duration, time);
            _cancellation = CancellationTokenSource.CreateLinkedTokenSource(work, _over.Token);
        }
    }

    /// <summary>Gets the token for the factory.</summary>
    public CancellationToken Token => _cancellation?.Token ?? _work;

    /// <summary>Gets how long it has taken so far.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    private bool IsOver => _over is { IsCancellationRequested: true };

    /// <summary>Waits for a whole answer.</summary>
    /// <exception cref="TimeoutException">The limit passed.</exception>
    public async Task<ChatResponse> WaitAsync(Task<ChatResponse> generation) =>
        _over is null ? await generation.ConfigureAwait(true) : await LimitAsync(generation).ConfigureAwait(true);

    /// <summary>Reads a stream.</summary>
    /// <exception cref="TimeoutException">The limit passed.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> Read(IAsyncEnumerable<ChatResponseUpdate> updates) =>
        _over is null ? updates : ReadLimitedAsync(updates, Token);

    public void Dispose()
    {
        _cancellation?.Dispose();
        _over?.Dispose();
    }

    private async IAsyncEnumerable<ChatResponseUpdate> ReadLimitedAsync(
        IAsyncEnumerable<ChatResponseUpdate> updates, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = updates.GetAsyncEnumerator(cancellationToken);
        Task<bool>? next = null;
        try
        {
            while (await LimitAsync(next = reader.MoveNextAsync().AsTask()).ConfigureAwait(true))
            {
                yield return reader.Current;

                // A stream without pauses never gives the timer's token a wait to end.
                if (IsOver)
                {
                    Stop();
                    throw Over();
                }
            }
        }
        finally
        {
            if (next is { IsCompleted: false })
            {
                // It cannot be ended while it is being waited for; whenever it returns, it is.
                TimeLimit.Observe(EndAsync(next, reader));
            }
            else
            {
                await reader.DisposeAsync().ConfigureAwait(true);
            }
        }
    }

    private async Task<T> LimitAsync<T>(Task<T> step)
    {
        try
        {
            // Not the work's token: a factory that nobody waits for any more is asked to stop, and its end is awaited.
            return await step.WaitAsync(_over!.Token).ConfigureAwait(true);
        }
        catch (OperationCanceledException) when (IsOver)
        {
            TimeLimit.Observe(step);
            Stop();
            throw Over();
        }
    }

    // The link alone would do, but the limit is disposed of, and with it the link, by whoever is woken first.
    private void Stop() => TimeLimit.Observe(_cancellation!.CancelAsync());

    private TimeoutException Over() => new($"The answer took longer than {_limit} to be generated ({nameof(SemanticCacheOptions.Limits)}.{nameof(SemanticCacheLimits.GenerationTimeout)}).");

    private static async Task EndAsync(Task<bool> next, IAsyncEnumerator<ChatResponseUpdate> reader)
    {
        await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await reader.DisposeAsync().ConfigureAwait(false);
    }
}
