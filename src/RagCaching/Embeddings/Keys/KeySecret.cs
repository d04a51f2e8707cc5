using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.Contract.Embeddings;
using RagCaching.Internal;

namespace RagCaching.Embeddings.Keys;

/// <summary>Finds the secret of all digests.</summary>
internal static class KeySecret
{
    /// <summary>Gets the secret that the host configured, or nothing.</summary>
    public static byte[] From(IServiceProvider? services)
    {
        // Registered as itself, without the options pattern, it would otherwise be silently ignored.
        var secret = services?.GetService<IOptions<RagCachingKeyOptions>>()?.Value.KeySecret ?? Registered(services)?.KeySecret;
        return secret is null ? [] : Encoding.UTF8.GetBytes(secret);
    }

    private static RagCachingKeyOptions? Registered(IServiceProvider? services) =>
        services?.GetService<RagCachingKeyOptions>()?.Checked(new RagCachingKeyOptionsValidator());
}
