using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RagCaching.Engines.Tests.Documentation;

internal static class PersistenceSnippets
{
    public static void Sqlite(IHostApplicationBuilder builder) =>
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true)
            .UseSqliteJournal("cache.db");

    public static void Redis(IHostApplicationBuilder builder) =>
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true)
            .UseRedisJournal("redis:6379,password=secret", redis => redis.Name = "my-app");

    public static void Postgres(IHostApplicationBuilder builder) =>
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true)
            .UsePostgresJournal("Host=db;Database=app;Username=app;Password=secret")
            .ConfigureJournal(journal => journal.MaxStaleness = TimeSpan.FromSeconds(10));

    public static void Embeddings(IHostApplicationBuilder builder) =>
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true)
            .UseSqliteJournal("cache.db")
            .AddSqliteEmbeddingStorage();

    public static async Task StoreAsync()
    {
        await using var store = new JournaledVectorStore(new SqliteVectorJournal(new SqliteJournalOptions { Path = "cache.db" }));
        await store.WhenLoadedAsync();
    }
}
