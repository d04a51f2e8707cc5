using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.Tests.Documentation;

internal static class ChatClientSnippets
{
    public static async Task<SemanticCacheResult?> UsageAsync(IChatClient innerClient, ISemanticCache cache)
    {
        var client = new ChatClientBuilder(innerClient)
            .UseSemanticCache(cache, options => options.QuestionSelector = messages => QuestionOf(messages))
            .Build();

        var response = await client.GetResponseAsync(
            "How do I reset my password?",
            new ChatOptions { ModelId = "gpt-4o-mini" }.WithSemanticCache(request =>
            {
                request.Scope = CacheScope.For("tenant-42");
                request.Tags.Add("account");
            }));
        var origin = response.GetSemanticCacheResult();
        return origin;
    }

    public static void Rewriter(Microsoft.Extensions.Hosting.IHostApplicationBuilder builder)
    {
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true)
            .AddChatClientQuestionRewriter(chatClientKey: "small");
    }

    private static string QuestionOf(IReadOnlyList<ChatMessage> messages) => messages[^1].Text;
}
