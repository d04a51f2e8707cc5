using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAI;

namespace RagCaching.Onnx.Tests.Documentation;

internal static class LocalEncoderSnippets
{
    public static async Task MeaningAsync(string key)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddChatClient(new OpenAIClient(key).GetChatClient("gpt-4o-mini").AsIChatClient()).UseSemanticCache();
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true).UseMiniLMEmbeddings();
        using var host = builder.Build();
        await host.StartAsync();

        var chat = host.Services.GetRequiredService<IChatClient>();
        foreach (var question in (string[])["How do I reset my password?", "How can I reset my password?"])
        {
            var answer = await chat.GetResponseAsync(question);
            Console.WriteLine($"{question} {answer.GetSemanticCacheResult()!.Outcome}");   // Miss, then SemanticHit
        }
    }

    public static async Task NoKeyNoServerAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true).UseMiniLMEmbeddings();
        using var host = builder.Build();
        await host.StartAsync();

        var cache = host.Services.GetRequiredService<ISemanticCache>();
        foreach (var question in (string[])["How do I reset my password?", "How can I reset my password?"])
        {
            var result = await cache.GetOrCreateAsync(question, token => AnswerAsync(question, token));
            Console.WriteLine($"{result.Outcome} {result.Similarity}: {result.Response!.Text}");
        }
    }

    public static void MiniLM(HostApplicationBuilder builder)
    {
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true).UseMiniLMEmbeddings();
    }

    public static void Limit(HostApplicationBuilder builder)
    {
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true)
            .UseMiniLMEmbeddings()
            .UseErrorBudget(budget => budget.MaxErrorRate = 0.02);
    }

    public static void AnotherModel(HostApplicationBuilder builder)
    {
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true).UseOnnxEmbeddings("models/e5-small-v2", options =>
        {
            options.QueryPrefix = "query: ";
            options.DocumentPrefix = "passage: ";
        });
    }

    private static Task<ChatResponse> AnswerAsync(string question, CancellationToken cancellationToken) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, $"An answer to {question.Length} characters."))
        {
            FinishReason = cancellationToken.IsCancellationRequested ? null : ChatFinishReason.Stop,
        });
}
