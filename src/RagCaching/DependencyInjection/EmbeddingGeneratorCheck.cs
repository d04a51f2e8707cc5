using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace RagCaching.DependencyInjection;

/// <summary>Fails the start of a host that forgot the embedding generator, or whose generator a singleton cannot use.</summary>
internal sealed class EmbeddingGeneratorCheck(IServiceCollection services) : IValidateOptions<SemanticCacheOptions>
{
    public ValidateOptionsResult Validate(string? name, SemanticCacheOptions options)
    {
        var generator = services.LastOrDefault(service => IsGenerator(service) && service.IsKeyedService && name?.Length > 0 && Equals(service.ServiceKey, name))
            ?? services.LastOrDefault(service => IsGenerator(service) && !service.IsKeyedService);
        if (generator is null)
        {
            return ValidateOptionsResult.Fail(
                "RagCaching needs an embedding generator and none is registered. Add one: services.AddEmbeddingGenerator(new OpenAIClient(key).GetEmbeddingClient(model).AsIEmbeddingGenerator()).");
        }

        return generator.Lifetime == ServiceLifetime.Scoped
            ? ValidateOptionsResult.Fail(
                "RagCaching needs an embedding generator that is not scoped: the cache outlives scopes. Register it as a singleton, which is the default of services.AddEmbeddingGenerator.")
            : ValidateOptionsResult.Success;
    }

    private static bool IsGenerator(ServiceDescriptor service) => service.ServiceType == typeof(IEmbeddingGenerator<string, Embedding<float>>);
}
