using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Distributed;
using RagCaching.Chaos.Faults;

namespace RagCaching.Chaos.Stores;

/// <summary>A storage in memory that goes wrong in the ways a test asks for.</summary>
public class ChaosDistributedCache : IDistributedCache
{
    private int _reads;
    private int _writes;
    private int _removals;

    public ChaosDistributedCache()
    {
        Plan = new FaultPlan
        {
            Kind = operation => operation switch
            {
                "get" => ReadFault,
                "set" => WriteFault,
                _ => RemoveFault,
            },
            Before = _ => Before(),
            Failure = _ => new IOException("The storage is down."),
        };
    }

    /// <summary>What is stored.</summary>
    public ConcurrentDictionary<string, byte[]> Entries { get; } = new();

    /// <summary>The options of the last write of each key.</summary>
    public ConcurrentDictionary<string, DistributedCacheEntryOptions> EntryOptions { get; } = new();

    public FaultKind ReadFault { get; set; }

    public FaultKind WriteFault { get; set; }

    public FaultKind RemoveFault { get; set; }

    /// <summary>The one operation, counted from 1 over all kinds, that fails; 0 for none.</summary>
    public int FailingOperation
    {
        get => Plan.FailingOperation;
        set => Plan.FailingOperation = value;
    }

    /// <summary>Awaited by every operation before anything else.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    /// <summary>Ends the operations that hang or fail later.</summary>
    public TaskCompletionSource Release
    {
        get => Plan.Release;
        set => Plan.Release = value;
    }

    /// <summary>The token of the last operation.</summary>
    public CancellationToken LastToken { get; private set; }

    public int Reads => Volatile.Read(ref _reads);

    public int Writes => Volatile.Read(ref _writes);

    public int Removals => Volatile.Read(ref _removals);

    public int Operations => Plan.Operations;

    private FaultPlan Plan { get; }

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        Interlocked.Increment(ref _reads);
        return RunAsync("get", () => Entries.GetValueOrDefault(key), token);
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        Interlocked.Increment(ref _writes);
        return RunAsync(
            "set",
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
        return RunAsync("remove", () => Entries.TryRemove(key, out _), token);
    }

    public byte[]? Get(string key) => throw new NotSupportedException();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public void Refresh(string key) => throw new NotSupportedException();

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

    public void Remove(string key) => throw new NotSupportedException();

    private Task<TResult> RunAsync<TResult>(string operation, Func<TResult> run, CancellationToken token)
    {
        LastToken = token;
        return Plan.RunTaskAsync(operation, _ => new ValueTask<TResult>(run()), garbage: null, token);
    }
}
