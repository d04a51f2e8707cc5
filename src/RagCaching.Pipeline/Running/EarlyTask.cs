using System.Diagnostics.CodeAnalysis;

namespace RagCaching.Pipeline.Running;

/// <summary>Work that may be started before it is known whether it is needed, and is done once.</summary>
/// <typeparam name="T">What it results in.</typeparam>
/// <param name="work">The work.</param>
/// <remarks>
/// Whoever needs the result takes it, and from then on decides with a token of its own how long the work may go on: the caller that started it early may leave
/// while others still wait for what is made of the result. Thread-safe.
/// </remarks>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "The source has no timer, no link and no wait handle: there is nothing to dispose.")]
internal sealed class EarlyTask<T>(Func<CancellationToken, Task<T>> work)
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _cancellation;
    private Task<T>? _started;
    private bool _isTaken;

    /// <summary>Starts the work, unless its result has been asked for already.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (_isTaken || _started is not null)
            {
                return;
            }

            // On another thread: the caller that starts it goes on with what may make it unnecessary.
            _cancellation = new CancellationTokenSource();
            _started = Task.Run(() => work(_cancellation.Token));
            Observe(_started);
        }
    }

    /// <summary>Gets the result, of the work that was started early or of work that starts now.</summary>
    public async Task<T> TakeAsync(CancellationToken cancellationToken)
    {
        Task<T>? started;
        lock (_lock)
        {
            _isTaken = true;
            started = _started;
        }

        if (started is null)
        {
            return await work(cancellationToken).ConfigureAwait(false);
        }

        await using (cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _cancellation).ConfigureAwait(false))
        {
            return await started.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops work that was started early and that nobody has taken.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            if (_isTaken || _started is null)
            {
                _isTaken = true;
                return;
            }

            _isTaken = true;
        }

        _ = StopAsync(_cancellation!);
    }

    private static async Task StopAsync(CancellationTokenSource cancellation)
    {
        try
        {
            await cancellation.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException exception)
        {
            // A callback that throws is the work's own affair.
            System.Diagnostics.Debug.WriteLine(exception);
        }
    }

    private static void Observe(Task task) => task.ContinueWith(
        static finished => _ = finished.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
