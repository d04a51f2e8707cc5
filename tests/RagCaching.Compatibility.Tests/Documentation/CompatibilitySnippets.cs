using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using OpenAI;
using OpenAI.Responses;

using AIContextProvider = Microsoft.Agents.AI.AIContextProvider;

namespace RagCaching.Compatibility.Tests.Documentation;

internal static class CompatibilitySnippets
{
    public static IChatClient NoStore(ResponsesClient responses, ISemanticCache cache)
    {
        var client = new ChatClientBuilder(responses.AsIChatClient("gpt-4o-mini"))
            .UseSemanticCache(cache)
            .ConfigureOptions(options => options.RawRepresentationFactory = _ => new CreateResponseOptions { StoredOutputEnabled = false })
            .Build();
        return client;
    }

    public static void Kernel(IKernelBuilder builder, OpenAIClient openAI, ISemanticCache cache)
    {
        var client = new ChatClientBuilder(new OpenAIChatCompletionService("gpt-4o-mini", openAI).AsChatClient())
            .UseSemanticCache(cache)
            .Build();
        builder.Services.AddSingleton(client.AsChatCompletionService());
    }

    public static async Task<SemanticCacheResult?> AgentAsync(IChatClient chatClient, AIContextProvider contextProvider, AgentSession session, ISemanticCache cache, IServiceProvider services)
    {
        var agent = chatClient.AsAIAgent(new ChatClientAgentOptions { AIContextProviders = [contextProvider] })
            .AsBuilder()
            .UseSemanticCache(cache, options => options.CacheableTools["get_price"] = TimeSpan.FromMinutes(10))
            .Build(services);
        var response = await agent.RunAsync("What does it cost?", session, new ChatClientAgentRunOptions(new ChatOptions().WithSemanticCache(request => request.Scope = CacheScope.For("tenant-42"))));
        var origin = response.GetSemanticCacheResult();
        return origin;
    }
}
