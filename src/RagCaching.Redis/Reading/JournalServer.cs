using RagCaching.Redis.Scripts;
using RagCaching.Redis.Values;
using StackExchange.Redis;

namespace RagCaching.Redis.Reading;

/// <summary>Holds the connection, and notices when it leads to a server that may know less than this instance does.</summary>
internal sealed class JournalServer(RedisJournalOptions options) : IAsyncDisposable
{
    private const int ConnectMilliseconds = 1_000;
    private const int CommandMilliseconds = 2_000;

    // More than any server confirms and loses; versions stay exact numbers for millions of fail-overs.
    private const long VersionsSkipped = 1_000_000_000;

    private readonly SemaphoreSlim _connecting = new(1, 1);
    private IConnectionMultiplexer? _connection;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _replication;
    private int _interruptions;
    private int _checkedInterruptions = -1;
    private int _histories;

    /// <summary>Gets the keys of the journal.</summary>
    public JournalKeys Keys { get; } = new(options.Name);

    /// <summary>Gets the task that completes with the next news of changes.</summary>
    public Task News => Volatile.Read(ref _news).Task;

    /// <summary>Gets the database, and connects first.</summary>
    public async ValueTask<IDatabase> DatabaseAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _connection) is { } known)
        {
            return known.GetDatabase();
        }

        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_connection is null)
            {
                var connection = await ConnectAsync().ConfigureAwait(false);
                connection.ConnectionRestored += (_, _) => Interlocked.Increment(ref _interruptions);
                connection.ConnectionFailed += (_, _) => Interlocked.Increment(ref _interruptions);
                await connection.GetSubscriber().SubscribeAsync(Keys.Channel, (_, _) => Tell(), CommandFlags.FireAndForget).ConfigureAwait(false);
                Volatile.Write(ref _connection, connection);
            }

            return _connection.GetDatabase();
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>Counts the histories that the connection has led to: a replica that took over may lack what the old server had confirmed. To be asked before everything that relies on versions.</summary>
    public async ValueTask<int> HistoryAsync(CancellationToken cancellationToken)
    {
        var database = await DatabaseAsync(cancellationToken).ConfigureAwait(false);
        if (Volatile.Read(ref _interruptions) == Volatile.Read(ref _checkedInterruptions))
        {
            return Volatile.Read(ref _histories);
        }

        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // What fails here is asked again; what is interrupted meanwhile, too.
            var interruptions = Volatile.Read(ref _interruptions);
            var replication = await ReplicationAsync(database).ConfigureAwait(false);
            if (_replication is not null && (replication != _replication || replication.Length == 0))
            {
                Interlocked.Increment(ref _histories);
            }

            _replication = replication;
            Volatile.Write(ref _checkedInterruptions, interruptions);
            return _histories;
        }
        finally
        {
            _connecting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            if (options.ConnectionFactory is null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                await connection.GetSubscriber().UnsubscribeAsync(Keys.Channel, flags: CommandFlags.FireAndForget).ConfigureAwait(false);
            }
        }

        _connecting.Dispose();
    }

    private async ValueTask<string> ReplicationAsync(IDatabase database)
    {
        try
        {
            // The key leads to the node of a cluster that has the journal. Servers behind proxies may not tell; then every reconnection counts as another history.
            return (string?)await database.ScriptEvaluateAsync(ScriptText.History, [Keys.State], [VersionsSkipped]).ConfigureAwait(false) ?? "";
        }
        catch (RedisServerException)
        {
            return "";
        }
    }

    private async ValueTask<IConnectionMultiplexer> ConnectAsync()
    {
        if (options.ConnectionFactory is { } factory)
        {
            return await factory().ConfigureAwait(false);
        }

        var configuration = ConfigurationOptions.Parse(options.Configuration);
        configuration.AbortOnConnectFail = false;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        if (!options.Configuration.Contains("connectTimeout", StringComparison.OrdinalIgnoreCase))
        {
            configuration.ConnectTimeout = ConnectMilliseconds;
        }

        if (!options.Configuration.Contains("syncTimeout", StringComparison.OrdinalIgnoreCase))
        {
            configuration.AsyncTimeout = configuration.SyncTimeout = CommandMilliseconds;
        }

        return await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false);
    }

    private void Tell() => Interlocked.Exchange(ref _news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
