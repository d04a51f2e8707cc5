namespace RagCaching.VectorData.DependencyInjection;

/// <summary>Says that the collection of a cache is opened when the host starts.</summary>
/// <param name="ServiceKey">The key of the cache; <see langword="null"/> for the default one.</param>
internal sealed record VectorDataStarts(object? ServiceKey);
