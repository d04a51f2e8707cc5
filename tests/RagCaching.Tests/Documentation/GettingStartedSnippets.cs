using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAI;

namespace RagCaching.Tests.Documentation;

internal static class GettingStartedSnippets
{
    public static async Task FirstAnswerAsync(string key)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddEmbeddingGenerator(new OpenAIClient(key).GetEmbeddingClient("text-embedding-3-small").AsIEmbeddingGenerator());
        builder.Services.AddChatClient(new OpenAIClient(key).GetChatClient("gpt-4o-mini").AsIChatClient()).UseSemanticCache();
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true);
        using var host = builder.Build();
        await host.StartAsync();

        var chat = host.Services.GetRequiredService<IChatClient>();
        var answer = await chat.GetResponseAsync("How do I reset my password?");
        Console.WriteLine($"{answer.GetSemanticCacheResult()!.Outcome}: {answer.Text}");
    }

    public static async Task ExactOnlyAsync(string key)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddChatClient(new OpenAIClient(key).GetChatClient("gpt-4o-mini").AsIChatClient()).UseSemanticCache();
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true).UseExactOnly();
        using var host = builder.Build();
        await host.StartAsync();

        var chat = host.Services.GetRequiredService<IChatClient>();
        foreach (var attempt in (string[])["first", "second"])
        {
            var answer = await chat.GetResponseAsync("How do I reset my password?");
            Console.WriteLine($"{attempt}: {answer.GetSemanticCacheResult()!.Outcome}");   // first: Miss, second: ExactHit
        }
    }

    public static void Configuration(HostApplicationBuilder builder)
    {
        builder.Services.AddRagCaching()
            .BindConfiguration(builder.Configuration.GetSection("RagCaching"))
            .UseInMemoryStore(store => store.MaxEntries = 50_000);
    }
}
