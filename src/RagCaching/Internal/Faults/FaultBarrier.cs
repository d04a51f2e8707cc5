using Microsoft.Extensions.Logging;
using RagCaching.Internal.Limits;

namespace RagCaching.Internal.Faults;

/// <summary>Keeps the failures of one operation from its callers: each is counted, logged at a bounded pace and told to a breaker, and the caller gets a fallback.</summary>
/// <param name="operation">The name under which failures are counted.</param>
/// <param name="reporting">Where they are counted and logged.</param>
/// <param name="log">Writes the log message from the type of the error and the exception; <see langword="null"/> for none. It is called at most once a minute.</param>
/// <param name="limit">The time that a call may take; <see langword="null"/> for no limit.</param>
/// <param name="breaker">Is told how calls end; <see langword="null"/> where none stands before the operation.</param>
/// <remarks>
/// Any doubt is a miss: this is the one place where that is done. The cancellation of the caller itself passes through, since nobody is left to be given a fallback. Thread-safe.
/// </remarks>
internal sealed class FaultBarrier(
    string operation, FaultReporting reporting, Action<ILogger, string, Exception?>? log = null, TimeSpan? limit = null, CircuitBreaker? breaker = null)
{
    private static readonly TimeSpan LeastLogInterval = TimeSpan.FromMinutes(1);

    private readonly RateLimit _logging = new(reporting.Time, LeastLogInterval);

    /// <summary>Gets the time limit of calls, which calls made in other ways can share.</summary>
    public SharedTimeLimit? Limit { get; } = limit is { } duration ? reporting.Limits.New(duration) : null;

    /// <summary>Gets a value indicating whether the breaker keeps callers away.</summary>
    public bool IsOpen => breaker is { IsOpen: true };

    /// <summary>Asks the breaker whether the operation may be tried; a refusal is counted.</summary>
    public bool TryEnter() => TryEnter(out _);

    /// <summary>Asks the breaker whether the operation may be tried; a refusal is counted.</summary>
    /// <param name="isProbe">Receives whether the breaker is open and lets this one call find out whether the operation works again.</param>
    public bool TryEnter(out bool isProbe)
    {
        isProbe = IsOpen;
        if (breaker is null || breaker.TryEnter())
        {
            return true;
        }

        reporting.Counter.Failed(operation, "circuit_open");
        return false;
    }

    /// <summary>Makes a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="state">Its argument.</param>
    /// <param name="fallback">What the caller gets if it fails or takes too long.</param>
    /// <param name="cancellationToken">The caller's own token.</param>
    /// <exception cref="OperationCanceledException">The caller's own token was cancelled; that is no failure and counts as none.</exception>
    public async ValueTask<TResult> RunAsync<TState, TResult>(
        Func<TState, CancellationToken, ValueTask<TResult>> call, TState state, TResult fallback, CancellationToken cancellationToken)
    {
        try
        {
            var result = Limit is null
                ? await call(state, cancellationToken).ConfigureAwait(false)
                : await Limit.RunAsync(call, state, cancellationToken).ConfigureAwait(false);
            // What comes after the caller has given up says nothing good: it came too late.
            if (!cancellationToken.IsCancellationRequested)
            {
                Succeeded();
            }

            return result;
        }
        catch (Exception exception)
        {
            // Who has given up is told so, whatever the call ended with.
            cancellationToken.ThrowIfCancellationRequested();
            Failed(exception);
            return fallback;
        }
    }

    /// <summary>Makes a call that does not wait.</summary>
    /// <param name="call">The call.</param>
    /// <param name="state">Its argument.</param>
    /// <param name="fallback">What the caller gets if it fails.</param>
    public TResult Run<TState, TResult>(Func<TState, TResult> call, TState state, TResult fallback)
    {
        try
        {
            return call(state);
        }
        catch (Exception exception)
        {
            Failed(exception);
            return fallback;
        }
    }

    /// <summary>Tells the breaker of a call that was made in another way and succeeded.</summary>
    public void Succeeded() => breaker?.Succeeded();

    /// <summary>Takes note of a call that was made in another way and failed.</summary>
    public void Failed(Exception exception)
    {
        // What a backend rejects as an argument says nothing about its health.
        if (exception is not ArgumentException)
        {
            breaker?.Failed(timedOut: exception is TimeoutException);
        }

        Report(exception.GetType().FullName!, exception);
    }

    /// <summary>Takes note of a call that succeeded with a result that cannot be used.</summary>
    /// <param name="errorType">A word for what is wrong with it.</param>
    public void Failed(string errorType) => Report(errorType, exception: null);

    private void Report(string errorType, Exception? exception)
    {
        reporting.Counter.Failed(operation, errorType);
        if (log is not null && _logging.TryPass())
        {
            log(reporting.Logger, errorType, exception);
        }
    }
}
