using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RagCaching.Tests.Documentation;

internal static class PipelineSnippets
{
    public static void Registration(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new InMemoryRetriever("handbook", services.GetRequiredService<ICachedEmbedder>()));
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true)
            .AddRagPipeline(options => options.Selection.MaxTokens = 1_500)
            .AddRetriever(services => services.GetRequiredService<InMemoryRetriever>())
            .AddRetriever("wiki", (request, token) => SearchTheWikiAsync(request.Question, request.Limit, token))
            .UseSmallModel("small", "large");
    }

    public static async Task UsageAsync(RagPipeline pipeline)
    {
        var answer = await pipeline.AskAsync("How many days of leave do I have?");
        Console.WriteLine($"{answer.Outcome} by {answer.ModelUsed} from {string.Join(", ", answer.SourceVersions.Keys)}: {answer.Text}");

        var stream = pipeline.StreamAsync("How many days of leave do I have?");
        await foreach (var update in stream)
        {
            Console.Write(update.Text);
        }

        Console.WriteLine($"First token after {(await stream.Completion).Timings.TimeToFirstToken}.");
    }

    public static async Task ChangeAsync(InMemoryRetriever handbook, RagPipeline pipeline)
    {
        await handbook.AddAsync("leave.md", "You have 30 days of leave.");
        await pipeline.InvalidateSourceAsync("leave.md");
    }

    public static void Versions(IServiceCollection services)
    {
        services.AddRagCaching().AddRagPipeline(options => options.CurrentSourceVersion = (sourceId, token) => VersionOfAsync(sourceId, token));
    }

    public static void KeptChunks(IServiceCollection services)
    {
        services.AddRagCaching().AddRagPipeline()
            .UseReranker("cross-encoder", (question, chunks, token) => ScoreAsync(question, chunks, token))
            .ConfigureRetrievalCache(options => options.TimeToLive = TimeSpan.FromMinutes(30));
    }

    private static ValueTask<IReadOnlyList<RerankedChunk>> ScoreAsync(string question, IReadOnlyList<RetrievedChunk> chunks, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? throw new OperationCanceledException(question, cancellationToken) : ValueTask.FromResult<IReadOnlyList<RerankedChunk>>([.. chunks.Select(chunk => new RerankedChunk(chunk, 1))]);

    private static ValueTask<IReadOnlyList<RetrievedChunk>> SearchTheWikiAsync(string question, int limit, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? throw new OperationCanceledException($"{question} {limit}", cancellationToken) : ValueTask.FromResult<IReadOnlyList<RetrievedChunk>>([]);

    private static ValueTask<string?> VersionOfAsync(string sourceId, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<string?>(cancellationToken) : ValueTask.FromResult<string?>(sourceId);
}
