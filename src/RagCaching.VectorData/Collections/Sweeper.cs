using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.VectorData.Diagnostics;
using RagCaching.VectorData.Filters;
using RagCaching.VectorData.Records;

namespace RagCaching.VectorData.Collections;

/// <summary>Deletes expired entries from time to time, since few vector databases do.</summary>
/// <remarks>Several processes may do so at once. A failure is counted; the next time comes.</remarks>
internal sealed class Sweeper : IAsyncDisposable
{
    /// <summary>The time that a page may take. Nothing waits for it; it keeps a database that hangs from ending all further deletions.</summary>
    private static readonly TimeSpan PageLimit = TimeSpan.FromMinutes(1);

    private readonly Shelves _shelves;
    private readonly PageChanges _changes;
    private readonly TimeProvider _time;
    private readonly FaultBarrier _barrier;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _starting = new();
    private Task _running = Task.CompletedTask;

    public Sweeper(Shelves shelves, SlotLocks locks, TimeSpan interval, FaultReporting reporting)
    {
        (_shelves, _time) = (shelves, reporting.Time);
        _changes = new PageChanges(locks, _time, PageLimit);
        _barrier = new FaultBarrier(TelemetryNames.Operations.Remove, reporting, static (logger, errorType, exception) => VectorDataLog.NotSwept(logger, errorType, exception));
        using (ExecutionContext.SuppressFlow())
        {
            _timer = _time.CreateTimer(static state => ((Sweeper)state!).Start(), this, interval, interval);
        }
    }

    /// <summary>Gets the deletion that was started last.</summary>
    public Task Running
    {
        get
        {
            lock (_starting)
            {
                return _running;
            }
        }
    }

    /// <summary>Starts no more deletions, and ends the one that runs as soon as the database lets it.</summary>
    public void Stop()
    {
        lock (_starting)
        {
            _timer.Dispose();
            _stopping.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private void Start()
    {
        lock (_starting)
        {
            if (_running.IsCompleted && !_stopping.IsCancellationRequested)
            {
                _running = Task.Run(RunAsync);
            }
        }
    }

    private Task RunAsync() => _barrier.RunAsync(
        static async (sweeper, token) =>
        {
            await sweeper.SweepAsync(token).ConfigureAwait(false);
            return true;
        },
        this,
        fallback: false,
        _stopping.Token).AsTask();

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var shelf in await _shelves.OfAsync(null, isComplete: false, cancellationToken).ConfigureAwait(false))
        {
            var now = _time.GetUtcNow();
            await _changes.RunAsync(
                shelf,
                RecordFilters.Expired(now),
                (page, token) => shelf.DeleteAsync([.. page.Where(record => HasExpired(record, now)).Select(static record => record.GetValueOrDefault(RecordFields.Key)).OfType<object>()], token),
                cancellationToken).ConfigureAwait(false);
        }
    }

    // What cannot be read, such as what a later version wrote, ends when its own field says so.
    private static bool HasExpired(Record record, DateTimeOffset now) =>
        RecordMapper.TryRead(record) is { } stored ? !stored.IsLive(now) : record.GetValueOrDefault(RecordFields.Expires) is long expires && expires <= FilterTime.Floor(now);
}
