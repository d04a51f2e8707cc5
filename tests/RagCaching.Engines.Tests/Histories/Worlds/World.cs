using System.Collections.Concurrent;
using RagCaching.Chaos.Clocks;
using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>The instances of all tenants, on one engine.</summary>
internal sealed class World
{
    private readonly Settings _settings;
    private readonly Breaking? _breaking;
    private readonly Instance[,] _instances;
    private readonly ChaosClock[,] _clocks;
    private readonly ConcurrentBag<Task> _endings = [];
    private readonly ConcurrentBag<WeakReference> _stores = [];
    private int _lives;

    public World(History history, HistoryEngine engine, Breaking? breaking)
    {
        History = history;
        Engine = engine;
        _breaking = breaking;
        _settings = history.Plan.Settings;
        _instances = new Instance[Settings.Tenants, _settings.Slots];
        _clocks = new ChaosClock[Settings.Tenants, _settings.Slots];
        foreach (var (tenant, slot) in Places)
        {
            _clocks[tenant, slot] = new ChaosClock(history.Clock);
            _instances[tenant, slot] = NewInstance(tenant, slot);
        }
    }

    public History History { get; }

    public HistoryEngine Engine { get; }

    /// <summary>Gets the ids under which answers were stored lately.</summary>
    public ConcurrentDictionary<(int Tenant, int Scope, int Model, int Group, int Wording), string> EntryIds { get; } = new();

    public IEnumerable<Instance> Instances => Places.Select(place => At(place.Tenant, place.Slot));

    private IEnumerable<(int Tenant, int Slot)> Places =>
        from tenant in Enumerable.Range(0, Settings.Tenants) from slot in Enumerable.Range(0, _settings.Slots) select (tenant, slot);

    public Instance At(int tenant, int slot) => Volatile.Read(ref _instances[tenant, slot]);

    public void Skew(int tenant, int slot, TimeSpan skew)
    {
        var from = History.Now;
        _clocks[tenant, slot].Skew = skew;
        History.Skewed(tenant, slot, from, History.Now, skew);
    }

    /// <summary>Puts another instance in the place of one, which is disposed under its callers.</summary>
    public void Replace(Instance old)
    {
        var (tenant, slot) = (old.Life.Tenant, old.Life.Slot);
        Volatile.Write(ref _instances[tenant, slot], NewInstance(tenant, slot));
        old.Life.EndBegun = History.Now;
        _endings.Add(EndAsync(old));
    }

    /// <summary>Waits until all instances have written what they know and know what was written.</summary>
    public async Task SettleAsync()
    {
        if (!Engine.IsShared)
        {
            return;
        }

        foreach (var instance in Instances)
        {
            await instance.Store!.FlushAsync().AsTask().WaitAsync(Patience.Long);
            instance.Life.IsFlushed = instance.Store.Status.Dropped == 0;
            instance.Life.HasFailed |= !instance.Life.IsFlushed;
            await ReadOwnWritesAsync(instance);
        }

        foreach (var tenant in Enumerable.Range(0, Settings.Tenants))
        {
            await Eventually.HoldsAsync(() => Instances.Where(instance => instance.Life.Tenant == tenant).Select(instance => instance.Store!.Status).ToArray() is var all
                && all.All(status => status is { IsServing: true, IsLoaded: true, Waiting: 0 } && status.Version == all[0].Version), "Agreement");
        }
    }

    /// <summary>Disposes everything.</summary>
    /// <returns>What must have gone after it.</returns>
    public async Task<(ChaosClock[] Clocks, WeakReference[] Stores)> EndAsync()
    {
        foreach (var instance in Instances)
        {
            _endings.Add(EndAsync(instance));
        }

        await Task.WhenAll(_endings).WaitAsync(Patience.Long);
        return ([.. Places.Select(place => _clocks[place.Tenant, place.Slot])], [.. _stores]);
    }

    // A removal returns when the instance has read up to its place, so up to everything that was flushed before. This one removes nothing.
    private static async Task ReadOwnWritesAsync(Instance instance)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await instance.Manager.RemoveWhereAsync(new EntryFilter { AllScopes = true, Tag = "nobody has this tag" });
                return;
            }
            catch (TimeoutException) when (TimeProvider.System.GetElapsedTime(started) < Patience.Long)
            {
                // A busy machine; again.
            }
        }
    }

    private static async Task EndAsync(Instance instance)
    {
        await instance.DisposeAsync();
        if (instance.Store is { } store)
        {
            instance.Life.IsFlushed |= store.Status.Dropped == 0;
            instance.Life.HasFailed |= store.Status.Dropped != 0;
        }

        // What hangs in it is let go.
        instance.Journal.Heal();
        instance.Embedder.Heal();
    }

    private Instance NewInstance(int tenant, int slot)
    {
        var instance = new Instance(new Life(Interlocked.Increment(ref _lives), tenant, slot), _settings, Engine, _clocks[tenant, slot], _breaking);
        if (instance.Store is { } store)
        {
            _stores.Add(new WeakReference(store));
        }

        return instance;
    }
}
