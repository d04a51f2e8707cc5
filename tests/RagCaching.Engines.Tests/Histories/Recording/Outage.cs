namespace RagCaching.Engines.Tests.Histories.Recording;

/// <summary>A time in which an instance did not reach its journal.</summary>
/// <param name="Life">The instance; <see langword="null"/> for all.</param>
/// <param name="From">From when on it is certain.</param>
/// <param name="To">Until when it is certain.</param>
internal sealed record Outage(Life? Life, long From, long To);
