namespace RagCaching.DependencyInjection.Checks;

/// <summary>A part of a cache that asks a chat client of the host.</summary>
/// <param name="Part">The service that it is registered as.</param>
/// <param name="CacheKey">The key of its cache; <see langword="null"/> for the default one.</param>
/// <param name="ClientKey">The key of the chat client; <see langword="null"/> for the one without a key.</param>
/// <param name="Method">The method that added it.</param>
internal sealed record ChatClientUse(Type Part, object? CacheKey, object? ClientKey, string Method);
