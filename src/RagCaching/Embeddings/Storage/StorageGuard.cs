using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Internal.Limits;

namespace RagCaching.Embeddings.Storage;

/// <summary>Keeps the faults of one kind of storage operation away from callers: a time limit, a breaker, a count and a log message.</summary>
/// <remarks>
/// Reads, writes and removals have a guard each, since they fail apart: a Redis server that is out of memory refuses writes and still
/// answers reads. Thread-safe.
/// </remarks>
/// <param name="operation">One of <see cref="TelemetryNames.Operations"/>.</param>
/// <param name="limit">How long one operation may take.</param>
/// <param name="time">The clock.</param>
/// <param name="telemetry">Counts failures.</param>
/// <param name="logger">Is told of failures, once a minute.</param>
internal sealed class StorageGuard(string operation, TimeSpan limit, TimeProvider time, CacheTelemetry telemetry, ILogger logger)
{
    private const int FailuresToOpen = 5;

    private static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly CircuitBreaker _breaker = new(time, BreakDuration, FailuresToOpen);
    private readonly RateLimit _logging = new(time, LogInterval);

    /// <summary>Gets the time limit of an operation.</summary>
    public SharedTimeLimit Limit { get; } = new(limit, time);

    /// <summary>Asks whether an operation may be tried.</summary>
    /// <param name="isProbe">Receives whether it is only tried to see if the storage is back, so that nobody should wait for it.</param>
    public bool TryEnter(out bool isProbe)
    {
        isProbe = _breaker.IsOpen;
        if (_breaker.TryEnter())
        {
            return true;
        }

        telemetry.Failed(operation, "circuit_open");
        return false;
    }

    /// <summary>Runs an operation.</summary>
    /// <typeparam name="TState">What the operation needs, passed so that it needs no closure.</typeparam>
    /// <typeparam name="TResult">What the operation returns.</typeparam>
    /// <param name="call">The operation.</param>
    /// <param name="state">What the operation needs.</param>
    /// <param name="refused">What to return when the storage refused it.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>Its result, <paramref name="refused"/> when it failed, or the default value when it took too long.</returns>
    /// <exception cref="OperationCanceledException">The caller's own token was cancelled.</exception>
    public async ValueTask<TResult?> RunAsync<TState, TResult>(
        Func<TState, CancellationToken, ValueTask<TResult>> call, TState state, TResult? refused, CancellationToken cancellationToken)
    {
        try
        {
            var result = await Limit.RunAsync(call, state, cancellationToken).ConfigureAwait(false);
            Succeeded();
            return result;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Failed(exception);
            return exception is TimeoutException ? default : refused;
        }
    }

    /// <summary>Takes note of an operation that succeeded.</summary>
    public void Succeeded() => _breaker.Succeeded();

    /// <summary>Takes note of an operation that failed, or that took too long if it is a <see cref="TimeoutException"/>.</summary>
    public void Failed(Exception exception)
    {
        _breaker.Failed(exception is TimeoutException);
        telemetry.Failed(operation, exception.GetType().FullName!);
        if (_logging.TryPass())
        {
            Log.StorageFailed(logger, operation, exception);
        }
    }
}
