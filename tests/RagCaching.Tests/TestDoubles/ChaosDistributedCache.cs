using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Distributed;

namespace RagCaching.Tests.TestDoubles;

/// <summary>A storage in memory that goes wrong in the ways a test asks for.</summary>
internal class ChaosDistributedCache : IDistributedCache
{
    private int _operations;
    private int _reads;
    private int _writes;
    private int _removals;

    /// <summary>What is stored.</summary>
    public ConcurrentDictionary<string, byte[]> Entries { get; } = new();

    /// <summary>The options of the last write of each key.</summary>
    public ConcurrentDictionary<string, DistributedCacheEntryOptions> EntryOptions { get; } = new();

    public StorageFault ReadFault { get; set; }

    public StorageFault WriteFault { get; set; }

    public StorageFault RemoveFault { get; set; }

    /// <summary>The one operation, counted from 1 over all kinds, that fails; 0 for none.</summary>
    public int FailingOperation { get; set; }

    /// <summary>Awaited by every operation before anything else.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    /// <summary>Ends the operations that hang or fail later.</summary>
    public TaskCompletionSource Release { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The token of the last operation.</summary>
    public CancellationToken LastToken { get; private set; }

    public int Reads => Volatile.Read(ref _reads);

    public int Writes => Volatile.Read(ref _writes);

    public int Removals => Volatile.Read(ref _removals);

    public int Operations => Volatile.Read(ref _operations);

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        Interlocked.Increment(ref _reads);
        return RunAsync(ReadFault, () => Entries.GetValueOrDefault(key), token);
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        Interlocked.Increment(ref _writes);
        return RunAsync(
            WriteFault,
            () =>
            {
                EntryOptions[key] = options;
                return Entries[key] = value;
            },
            token);
    }

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        Interlocked.Increment(ref _removals);
        return RunAsync(RemoveFault, () => Entries.TryRemove(key, out _), token);
    }

    public byte[]? Get(string key) => throw new NotSupportedException();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public void Refresh(string key) => throw new NotSupportedException();

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

    public void Remove(string key) => throw new NotSupportedException();

    private Task<TResult> RunAsync<TResult>(StorageFault fault, Func<TResult> operation, CancellationToken token)
    {
        LastToken = token;
        if (Interlocked.Increment(ref _operations) == FailingOperation)
        {
            fault = StorageFault.FailsAtOnce;
        }

        return fault switch
        {
            StorageFault.ThrowsAtOnce => throw new IOException("The storage is down."),
            StorageFault.FailsAtOnce => Task.FromException<TResult>(new IOException("The storage is down.")),
            StorageFault.ReturnsNull => null!,
            _ => RunLaterAsync(fault, operation, token),
        };
    }

    private async Task<TResult> RunLaterAsync<TResult>(StorageFault fault, Func<TResult> operation, CancellationToken token)
    {
        await Before();
        if (fault != StorageFault.None)
        {
            await Release.Task.WaitAsync(fault == StorageFault.IgnoresItsToken ? CancellationToken.None : token);
        }

        return fault == StorageFault.FailsLater ? throw new IOException("The storage went down.") : operation();
    }
}
