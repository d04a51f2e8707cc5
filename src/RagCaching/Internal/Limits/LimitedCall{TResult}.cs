namespace RagCaching.Internal.Limits;

/// <summary>A call with a result. Whatever comes first ends it: the result, the limit, or the caller's leaving.</summary>
/// <typeparam name="TResult">What the call returns.</typeparam>
internal sealed class LimitedCall<TResult> : LimitedCall
{
    private readonly TaskCompletionSource<TResult> _end = new();
    private readonly SharedTimeLimit _limit;
    private readonly ValueTask<TResult> _call;
    private readonly CancellationTokenSource _abandonment;
    private CancellationTokenRegistration _leaving;

    /// <summary>Takes charge of a call that has been started.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="call">The call; it is awaited here and nowhere else, so that a fault it ends with later is always observed.</param>
    /// <param name="abandonment">Asks the call to stop.</param>
    public LimitedCall(SharedTimeLimit limit, ValueTask<TResult> call, CancellationTokenSource abandonment)
    {
        _limit = limit;
        _call = call;
        _abandonment = abandonment;
    }

    /// <summary>Gets the end.</summary>
    public Task<TResult> Task => _end.Task;

    /// <summary>Waits for whatever comes first.</summary>
    public void Begin(CancellationToken cancellationToken)
    {
        _leaving = cancellationToken.UnsafeRegister(static (self, token) => ((LimitedCall<TResult>)self!).Leave(token), this);
        TimeLimit.Observe(FollowAsync());
    }

    /// <inheritdoc/>
    public override void Execute()
    {
        if (_end.TrySetException(new TimeoutException()))
        {
            Abandon();
        }
    }

    private void Leave(CancellationToken token)
    {
        _limit.Remove(this);
        if (_end.TrySetCanceled(token))
        {
            Abandon();
        }
    }

    private void Abandon()
    {
        _leaving.Unregister();
        TimeLimit.Observe(_abandonment.CancelAsync());
    }

    private async Task FollowAsync()
    {
        try
        {
            var result = await _call.ConfigureAwait(false);
            StopWatching();

            // Nobody has asked the call to stop if its result is the first to arrive.
            if (_end.TrySetResult(result))
            {
                _limit.Reuse(_abandonment);
            }
        }
        catch (Exception exception)
        {
            StopWatching();

            // Behind the limit or the caller's leaving, the fault is late: the caller was told of a timeout or has gone.
            _end.TrySetException(exception);
        }
    }

    private void StopWatching()
    {
        _limit.Remove(this);
        _leaving.Unregister();
    }
}
