using Microsoft.Extensions.Options;

namespace RagCaching.DependencyInjection.Checks;

/// <summary>Names the options of caches: options have names where services have keys.</summary>
internal static class OptionsNames
{
    /// <summary>Gets the name of the options of a cache.</summary>
    /// <param name="serviceKey">The key of the cache; <see langword="null"/> for the default one.</param>
    public static string Of(object? serviceKey) => serviceKey?.ToString() ?? Options.DefaultName;
}
