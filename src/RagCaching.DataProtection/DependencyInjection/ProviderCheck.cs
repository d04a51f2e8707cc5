using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace RagCaching.DataProtection.DependencyInjection;

/// <summary>Fails the start of a host that has no Data Protection.</summary>
internal sealed class ProviderCheck(IServiceCollection services) : IValidateOptions<SemanticCacheOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SemanticCacheOptions options) =>
        services.Any(service => service.ServiceType == typeof(IDataProtectionProvider))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("UseDataProtection needs an IDataProtectionProvider and none is registered. Add services.AddDataProtection().SetApplicationName(...), with a key ring that all instances share.");
}
