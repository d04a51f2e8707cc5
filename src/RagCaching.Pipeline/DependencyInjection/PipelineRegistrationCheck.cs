using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace RagCaching.Pipeline.DependencyInjection;

/// <summary>Fails the start of a host whose pipeline has nothing to search or nobody to answer.</summary>
internal sealed class PipelineRegistrationCheck(IServiceCollection services) : IValidateOptions<RagPipelineOptions>
{
    public ValidateOptionsResult Validate(string? name, RagPipelineOptions options)
    {
        var key = string.IsNullOrEmpty(name) ? null : name;
        if (!Has<IRetriever>(key))
        {
            return ValidateOptionsResult.Fail("The RAG pipeline has no retriever. Add one: AddRagCaching().AddRagPipeline().AddRetriever(...).");
        }

        // Models that a selector chooses have keys of their own, which only the selector knows.
        return Has<IChatClient>(key) || Has<IChatClient>(null) || Has<IModelSelector>(key) || Has<IModelSelector>(null)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("The RAG pipeline has no chat client. Add one: services.AddChatClient(...).");
    }

    private bool Has<TService>(string? key) => services.Any(service => service.ServiceType == typeof(TService) && service.ServiceKey?.ToString() == key);
}
