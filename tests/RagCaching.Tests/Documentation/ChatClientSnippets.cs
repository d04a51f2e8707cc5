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
            .UseChatClientQuestionRewriter(chatClientKey: "small");
    }

    public static IChatClient Review(IChatClient innerClient, ISemanticCache cache)
    {
        var client = new ChatClientBuilder(innerClient)
            .UseSemanticCache(cache, options =>
            {
                options.ShouldStore = response => !response.Text.Contains("I'm sorry", StringComparison.Ordinal);
                options.Moderator = (response, token) => IsHarmlessAsync(response.Text, token);
                options.Streams.AbandonedTimeout = TimeSpan.FromSeconds(30);
            })
            .Build();
        return client;
    }

    public static IChatClient Tools(IChatClient innerClient, ISemanticCache cache)
    {
        var client = new ChatClientBuilder(innerClient)
            .UseSemanticCache(cache, options =>
            {
                options.CacheableTools["get_price"] = TimeSpan.FromMinutes(10);
                options.CacheableTools["find_article"] = null;
            })
            .UseFunctionInvocation()
            .Build();
        return client;
    }

    public static ChatOptions Results(ISemanticCache cache, AIFunction getPrice, AIFunction placeOrder)
    {
        var options = new ChatOptions
        {
            Tools = new AITool[] { getPrice, placeOrder }.UseResultCache(cache, results => results.Tools["get_price"] = TimeSpan.FromMinutes(10)),
        };
        return options;
    }

    private static ValueTask<bool> IsHarmlessAsync(string text, CancellationToken cancellationToken) => ValueTask.FromResult(!cancellationToken.IsCancellationRequested && text.Length > 0);

    private static string QuestionOf(IReadOnlyList<ChatMessage> messages) => messages[^1].Text;
}
