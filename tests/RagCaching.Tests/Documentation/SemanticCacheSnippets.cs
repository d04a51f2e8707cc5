using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.Tests.Documentation;

internal static class SemanticCacheSnippets
{
    public static async Task UsageAsync(ISemanticCache cache)
    {
        var result = await cache.GetOrCreateAsync(
            "How do I reset my password?",
            (context, token) => AskTheModelAsync(context, token));
        Console.WriteLine($"{result.Outcome} {result.Similarity}: {result.Response!.Text}");

        await foreach (var text in cache.GetOrStreamTextAsync("How do I reset my password?", token => StreamTheModelAsync(token)))
        {
            Console.Write(text);
        }
    }

    public static void Freshness(IServiceCollection services)
    {
        services.AddRagCaching(options =>
        {
            options.Freshness.Behavior = FreshnessBehavior.ShortTimeToLive;
            options.Freshness.TimeToLive = TimeSpan.FromMinutes(5);
            options.Freshness.Phrases.Add("share price");
            options.Freshness.Exceptions.Add("latest start date");
        });
    }

    public static SemanticCacheQuery Query()
    {
        var query = new SemanticCacheQuery("What does the premium plan cost?")
        {
            Scope = CacheScope.For("tenant-42"),
            Partition = "prompt-v7/en",
            Tags = ["prices"],
            TimeToLive = TimeSpan.FromHours(1),
            MinimumSimilarity = 0.97f,
        };
        return query;
    }

    public static SemanticCacheQuery Current()
    {
        var current = new SemanticCacheQuery("What does the premium plan cost?")
        {
            CurrentSourceVersion = (sourceId, token) => VersionOfAsync(sourceId, token),
        };
        return current;
    }

    public static async Task RemoveAsync(ISemanticCacheManager manager, SemanticCacheResult result)
    {
        await manager.RemoveWhereAsync(new EntryFilter { Scope = CacheScope.For("tenant-42"), Tag = "prices" });
        await manager.RemoveWhereAsync(new EntryFilter { AllScopes = true, SourceId = "handbook.pdf" });
        await manager.ReportAsync(result.EntryId!, "I forgot my password", correct: false);
    }

    private static ValueTask<string?> VersionOfAsync(string sourceId, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<string?>(cancellationToken) : ValueTask.FromResult<string?>(sourceId);

    private static Task<ChatResponse> AskTheModelAsync(SemanticCacheEntryContext context, CancellationToken cancellationToken) =>
        Task.FromException<ChatResponse>(new OperationCanceledException(context.EntryId, cancellationToken));

    private static IAsyncEnumerable<string> StreamTheModelAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? AsyncEnumerable.Empty<string>() : new[] { "an answer" }.ToAsyncEnumerable();
}
