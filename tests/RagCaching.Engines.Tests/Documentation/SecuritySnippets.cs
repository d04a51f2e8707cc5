using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RagCaching.Engines.Tests.Documentation;

internal static class SecuritySnippets
{
    public static void Protect(HostApplicationBuilder builder)
    {
        builder.Services.AddRagCaching()
            .BindConfiguration(builder.Configuration.GetSection("RagCaching"))
            .UseSqliteJournal("cache.db")
            .UseAesGcmProtection()
            .AddModerator<BlockList>();
    }

    public static void DataProtection(HostApplicationBuilder builder, DirectoryInfo ring)
    {
        builder.Services.AddDataProtection().SetApplicationName("my-app").PersistKeysToFileSystem(ring);
        builder.Services.AddRagCaching().UseRedisJournal("redis:6379").UseDataProtection();
    }

    public static async Task<(SemanticCacheQuery Query, long Removed)> ForgetAsync(ISemanticCacheManager manager)
    {
        var query = new SemanticCacheQuery("What is my plan?") { Scope = CacheScope.For("tenant-42"), CreatedBy = "user-7" };
        var removed = await manager.ForgetAsync("user-7");
        return (query, removed);
    }

    private sealed class BlockList : IAnswerModerator
    {
        public ValueTask<bool> MayServeAsync(ChatResponse answer, CancellationToken cancellationToken = default) => ValueTask.FromResult(!answer.Text.Contains("blocked", StringComparison.Ordinal));
    }
}
