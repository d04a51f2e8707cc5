using System.Runtime;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;

namespace RagCaching.WarmUp;

/// <summary>Rehearses when the host starts: once before the start is done, so that everything is compiled, and then in the background until it is compiled well.</summary>
/// <remarks>The first host of a process that comes to the end of it warms up for all. It stops with its host. A failure is counted and costs the first callers some time.</remarks>
/// <param name="reporting">The clock of the pauses, and where a failure is counted and told.</param>
/// <param name="isWarm">Whether a host has come to the end of it; set when this one does.</param>
internal sealed class WarmUpService(FaultReporting reporting, StrongBox<bool> isWarm) : IHostedService, IAsyncDisposable, IDisposable
{
    private readonly FaultBarrier _barrier = new(TelemetryNames.Operations.WarmUp, reporting, static (logger, errorType, _) => Log.NotWarmedUp(logger, errorType));
    private readonly CancellationTokenSource _stopping = new();
    private Task _rounds = Task.CompletedTask;

    /// <summary>Gets the work in the background, which never fails.</summary>
    internal Task Rounds => _rounds;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Native code needs no compilation.
        if (Volatile.Read(ref isWarm.Value) || !RuntimeFeature.IsDynamicCodeCompiled)
        {
            return;
        }

        Rehearsal? rehearsal = null;
        var isReady = await TryAsync(token => (rehearsal = new Rehearsal()).RunAsync(token), cancellationToken).ConfigureAwait(false);
        if (isReady)
        {
            _rounds = Task.Run(() => RepeatAsync(rehearsal!), CancellationToken.None);
        }
        else
        {
            rehearsal?.Dispose();
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping.Cancel();
        return _rounds.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Cancel();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _rounds.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RepeatAsync(Rehearsal rehearsal)
    {
        using (rehearsal)
        {
            var rounds = new WarmUpRounds(rehearsal.RunAsync, static () => JitInfo.GetCompiledMethodCount(), reporting.Time);
            if (await TryAsync(rounds.RunAsync, _stopping.Token).ConfigureAwait(false))
            {
                Volatile.Write(ref isWarm.Value, true);
            }
        }
    }

    /// <returns><see langword="false"/> if the host stops first, or the work fails, which is counted and logged.</returns>
    private async Task<bool> TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            return await _barrier.RunAsync(DoneAsync, work, fallback: false, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async ValueTask<bool> DoneAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        await work(cancellationToken).ConfigureAwait(false);
        return true;
    }
}
