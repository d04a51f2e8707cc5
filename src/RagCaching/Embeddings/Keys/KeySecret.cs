using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace RagCaching.Embeddings.Keys;

/// <summary>Finds the secret of all digests.</summary>
internal static class KeySecret
{
    /// <summary>Gets the secret that the host configured, or nothing.</summary>
    public static byte[] From(IServiceProvider? services)
    {
        var secret = services?.GetService<IOptions<RagCachingKeyOptions>>()?.Value.KeySecret;
        return secret is null ? [] : Encoding.UTF8.GetBytes(secret);
    }
}
