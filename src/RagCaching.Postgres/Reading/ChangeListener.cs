using System.Data;
using Npgsql;
using RagCaching.Postgres.Database;

namespace RagCaching.Postgres.Reading;

/// <summary>Waits for the server to tell of changes, or asks it at intervals. A notification may be lost with its connection, so nobody waits for long. Not thread-safe.</summary>
internal sealed class ChangeListener(JournalDatabase database, PostgresJournalOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private NpgsqlConnection? _connection;

    /// <summary>Waits until there may be changes after a version.</summary>
    public async ValueTask WaitAsync(JournalPosition after, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        if (options.UseNotifications)
        {
            await ListenAsync(atMost, stop.Token).ConfigureAwait(false);
            return;
        }

        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < atMost && (await database.ReadStateAsync(stop.Token).ConfigureAwait(false)).Position == after)
        {
            await Task.Delay(options.PollInterval, time, stop.Token).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);

        // A wait that nobody waits for any more may still be ending.
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
        _turn.Dispose();
        _stopping.Dispose();
    }

    private async ValueTask CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask ListenAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // What has changed before it listens is not told, so the first wait ends at once.
            await (_connection is { } listening ? listening.WaitAsync(atMost, cancellationToken) : BeginToListenAsync(cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_connection is { FullState: ConnectionState.Open })
        {
            // It listens on, for the next wait.
            throw;
        }
        catch
        {
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task BeginToListenAsync(CancellationToken cancellationToken)
    {
        var connection = await database.Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var listen = new NpgsqlCommand($"LISTEN \"{database.Schema.Channel}\"", connection);
            await using var listenScope = listen.ConfigureAwait(false);
            await listen.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        _connection = connection;
    }
}
