namespace RagCaching.Pipeline.Faults;

/// <summary>Keeps the failure of a part that an answer can do without from its caller: it is told to whoever counts it, and the caller gets a fallback.</summary>
/// <remarks>This is the one place where that is done. The cancellation of the caller itself passes through.</remarks>
internal static class FaultBarrier
{
    /// <summary>Makes a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="failed">Takes note of the failure, and makes what the caller gets instead.</param>
    /// <param name="cancellationToken">The caller's own token.</param>
    /// <exception cref="OperationCanceledException">The caller's own token was cancelled.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, Func<Exception, T> failed, CancellationToken cancellationToken)
    {
        try
        {
            return await call(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return failed(exception);
        }
    }

    /// <summary>Makes a call that does not wait.</summary>
    /// <param name="call">The call.</param>
    /// <param name="failed">Takes note of the failure, and makes what the caller gets instead.</param>
    public static T Run<T>(Func<T> call, Func<Exception, T> failed)
    {
        try
        {
            return call();
        }
        catch (Exception exception)
        {
            return failed(exception);
        }
    }
}
