namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>How a run is broken on purpose, to see whether the checker notices.</summary>
/// <param name="Journal">Breaks a journal.</param>
/// <param name="Cache">Breaks a cache.</param>
internal sealed record Breaking(Func<IVectorJournal, IVectorJournal>? Journal = null, Func<ISemanticCache, TimeProvider, ISemanticCache>? Cache = null);
