using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RagCaching;
using RagCaching.DataProtection.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Encrypts what caches store with ASP.NET Core Data Protection.</summary>
public static class DataProtectionExtensions
{
    /// <summary>Encrypts stored answers, their questions and vectors, and embeddings with the host's Data Protection before they leave the process.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// Holds for all caches of the host, which needs <c>services.AddDataProtection()</c> with a key ring that all its instances share; a host without it does not start. Keep the key ring elsewhere than the data,
    /// and protect it: on Linux its file is plain text by default.
    /// </remarks>
    public static IRagCachingBuilder UseDataProtection(this IRagCachingBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SemanticCacheOptions>>(new ProviderCheck(builder.Services)));
        return builder.UsePayloadProtector(static services => new DataProtectionPayloadProtector(services.GetRequiredService<IDataProtectionProvider>()));
    }
}
