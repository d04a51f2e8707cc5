using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using RagCaching.Sqlite.Files;

namespace RagCaching.Sqlite.Embeddings;

/// <summary>An <see cref="IDistributedCache"/> in a SQLite file, for the embeddings of a host: a vector that was paid for once survives restarts.</summary>
/// <remarks>Every value has a checksum; a damaged one is not there. The file may be that of a journal. Thread-safe; calls wait for each other and complete when they return.</remarks>
internal sealed class SqliteEmbeddingStorage(SqliteJournalOptions options, TimeProvider time) : IBufferDistributedCache, IDisposable
{
    private readonly Lock _lock = new();
    private readonly SqliteFile _file = new(options);
    private StorageStatements? _statements;
    private long _lastSweep = time.GetTimestamp();
    private bool _disposed;

    private long Now => time.GetUtcNow().UtcTicks;

    public byte[]? Get(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Use(statements =>
        {
            byte[] value;
            using (var row = statements.Get.Read(null, key, Now))
            {
                if (!row.Read() || RowChecksum.Of(value = row.GetFieldValue<byte[]>(0)) != row.GetInt64(1))
                {
                    return null;
                }

                if (row.IsDBNull(2))
                {
                    return value;
                }
            }

            statements.Slide.Execute(null, key, Now);
            return value;
        });
    }

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => token.IsCancellationRequested ? Task.FromCanceled<byte[]?>(token) : Task.FromResult(Get(key));

    public bool TryGet(string key, IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (Get(key) is not { } value)
        {
            return false;
        }

        destination.Write(value);
        return true;
    }

    public ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default) =>
        token.IsCancellationRequested ? ValueTask.FromCanceled<bool>(token) : new(TryGet(key, destination));

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        var now = Now;
        var absolute = options.AbsoluteExpiration?.UtcTicks ?? (options.AbsoluteExpirationRelativeToNow is { } span ? now + span.Ticks : (long?)null);
        var sliding = options.SlidingExpiration?.Ticks;
        var expires = sliding is null ? absolute : Math.Min(absolute ?? long.MaxValue, now + sliding.Value);
        Use(statements =>
        {
            statements.Set.Execute(null, key, expires, sliding, value, RowChecksum.Of(value), absolute);
            SweepIfDue(statements, now);
            return true;
        });
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        if (token.IsCancellationRequested)
        {
            return Task.FromCanceled(token);
        }

        Set(key, value, options);
        return Task.CompletedTask;
    }

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => Set(key, value.ToArray(), options);

    public ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        new(SetAsync(key, value.ToArray(), options, token));

    public void Refresh(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Use(statements => statements.Slide.Execute(null, key, Now));
    }

    public Task RefreshAsync(string key, CancellationToken token = default)
    {
        if (token.IsCancellationRequested)
        {
            return Task.FromCanceled(token);
        }

        Refresh(key);
        return Task.CompletedTask;
    }

    public void Remove(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Use(statements => statements.Remove.Execute(null, key));
    }

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        if (token.IsCancellationRequested)
        {
            return Task.FromCanceled(token);
        }

        Remove(key);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _statements?.Dispose();
            _statements = null;
        }
    }

    private TResult Use<TResult>(Func<StorageStatements, TResult> call)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return call(_statements ??= new StorageStatements(_file.Open()));
        }
    }

    private void SweepIfDue(StorageStatements statements, long now)
    {
        if (time.GetElapsedTime(_lastSweep) >= options.SweepInterval)
        {
            statements.Sweep.Execute(null, now);
            _lastSweep = time.GetTimestamp();
        }
    }
}
