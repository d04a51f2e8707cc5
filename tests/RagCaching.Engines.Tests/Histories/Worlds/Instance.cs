using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.Chaos.Clocks;
using RagCaching.Chaos.Faults;
using RagCaching.Chaos.Models;
using RagCaching.Chaos.Stores;
using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>One instance of an application: its services, with a cache.</summary>
internal sealed class Instance : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Instance(Life life, Settings settings, HistoryEngine engine, ChaosClock clock, Breaking? breaking)
    {
        Life = life;
        Journal = new FaultPlan(clock);
        Embedder = new FaultPlan(clock);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new ChaosEmbeddingGenerator("model", Questions.Dimensions, Questions.VectorOf, Embedder));
        services.Configure<RagCachingKeyOptions>(options => options.KeySecret = string.Create(CultureInfo.InvariantCulture, $"the secret of tenant {life.Tenant}, which is long"));
        var builder = services.AddRagCaching(options =>
        {
            // A busy machine must not look like a failing one, and what hangs must not keep the run for long.
            options.Limits.LookupTimeout = TimeSpan.FromSeconds(4);
            options.Limits.JoinTimeout = TimeSpan.FromSeconds(20);
        }).AddGuard(_ => new Permissive());
        if (engine.IsShared)
        {
            builder.UseVectorJournal(provider => NewJournal(provider, engine, breaking), options =>
            {
                options.MaxStaleness = settings.MaxStaleness;
                options.KeepPayloads = settings.KeepPayloads;
                options.CheckBeforeServing = settings.CheckBeforeServing;
                options.WriteThrough = settings.WriteThrough;
                options.ShareGeneration = settings.ShareGeneration;
                options.CallTimeout = TimeSpan.FromSeconds(2);
                options.LeaseDuration = TimeSpan.FromSeconds(5);
                options.DrainTimeout = TimeSpan.FromSeconds(1);
            });
        }
        else
        {
            builder.UseVectorStore(provider => new ChaosVectorStore(new InMemoryVectorStore(services: provider), Journal));
        }

        _services = services.BuildServiceProvider();
        var cache = _services.GetRequiredService<ISemanticCache>();
        Cache = breaking?.Cache?.Invoke(cache, clock) ?? cache;
        Manager = _services.GetRequiredService<ISemanticCacheManager>();
        Store = _services.GetRequiredService<IVectorStore>() as JournaledVectorStore;
    }

    public Life Life { get; }

    public ISemanticCache Cache { get; }

    public ISemanticCacheManager Manager { get; }

    /// <summary>Gets the store that follows the journal; <see langword="null"/> where there is none.</summary>
    public JournaledVectorStore? Store { get; }

    /// <summary>Gets how the journal goes wrong, or the store where there is none.</summary>
    public FaultPlan Journal { get; }

    /// <summary>Gets how the embedding model goes wrong.</summary>
    public FaultPlan Embedder { get; }

    /// <summary>Gets what the instance knows of its journal.</summary>
    public (int Epoch, long Version) Known(History history)
    {
        var version = Store?.Status.Version ?? 0;
        return (history.Losses, version);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private ChaosJournal NewJournal(IServiceProvider services, HistoryEngine engine, Breaking? breaking)
    {
        var journal = engine.NewJournal(Life.Tenant, services)!;
        return new ChaosJournal(breaking?.Journal?.Invoke(journal) ?? journal, Journal);
    }

    // Questions mean what the plan says.
    private sealed class Permissive : IMatchGuard
    {
        public string Name => "permissive";

        public bool Allows(string question, string candidate) => true;
    }
}
