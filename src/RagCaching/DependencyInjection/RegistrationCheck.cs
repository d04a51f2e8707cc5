using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace RagCaching.DependencyInjection;

/// <summary>Fails the start of a host that forgot the embedding generator, or that registered a part of the cache for less than the cache's life.</summary>
internal sealed class RegistrationCheck(IServiceCollection services) : IValidateOptions<SemanticCacheOptions>
{
    // What the cache holds for its whole life, and how it is registered.
    private static readonly Dictionary<Type, string> Held = new()
    {
        [typeof(IMatchVerifier)] = "AddVerifier",
        [typeof(IAnswerComparer)] = "UseAnswerComparer",
        [typeof(IAnswerModerator)] = "AddModerator",
        [typeof(IAnswerLifetime)] = "AddAnswerLifetime",
        [typeof(IMatchGuard)] = "AddGuard",
        [typeof(IVectorStore)] = "UseVectorStore",
        [typeof(IQuestionRewriter)] = "UseQuestionRewriter",
        [typeof(IPayloadProtector)] = "UsePayloadProtector",
    };

    public ValidateOptionsResult Validate(string? name, SemanticCacheOptions options)
    {
        var generator = services.LastOrDefault(service => IsGenerator(service) && service.IsKeyedService && name?.Length > 0 && service.ServiceKey?.ToString() == name)
            ?? services.LastOrDefault(service => IsGenerator(service) && !service.IsKeyedService);
        if (generator is null && !options.ExactOnly)
        {
            return ValidateOptionsResult.Fail(
                "RagCaching needs an embedding generator and none is registered. Add one: services.AddEmbeddingGenerator(new OpenAIClient(key).GetEmbeddingClient(model).AsIEmbeddingGenerator()). A cache that serves exact repeats only needs none: UseExactOnly().");
        }

        if (generator?.Lifetime == ServiceLifetime.Scoped)
        {
            return ValidateOptionsResult.Fail(
                "RagCaching needs an embedding generator that is not scoped: the cache outlives scopes. Register it as a singleton, which is the default of services.AddEmbeddingGenerator.");
        }

        if (services.FirstOrDefault(service => service.Lifetime == ServiceLifetime.Scoped && Held.ContainsKey(service.ServiceType)) is { } scoped)
        {
            return ValidateOptionsResult.Fail(
                $"An {scoped.ServiceType.Name} must not be scoped: the cache outlives scopes. Register it with {Held[scoped.ServiceType]}, or as a singleton.");
        }

        // A provider that is not a singleton would be made once, outside of any request, and would answer for everybody with what it knew then.
        return services.Any(service => service.ServiceType == typeof(ICacheScopeProvider) && service.Lifetime != ServiceLifetime.Singleton)
            ? ValidateOptionsResult.Fail(
                "ICacheScopeProvider must be a singleton: the cache outlives requests and asks it anew in each. Register it with AddSingleton, and let it reach the current request, for example through IHttpContextAccessor.")
            : ValidateOptionsResult.Success;
    }

    private static bool IsGenerator(ServiceDescriptor service) => service.ServiceType == typeof(IEmbeddingGenerator<string, Embedding<float>>);
}
