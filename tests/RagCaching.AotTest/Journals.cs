using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.VectorData.Tests.Memory;

namespace RagCaching.AotTest;

/// <summary>Answers that one instance stores and the next one serves, in each engine that is there.</summary>
internal static class Journals
{
    private const string Question = "what is a journal";

    /// <summary>Runs the engines: a SQLite file always, Redis and PostgreSQL where the environment says where they are.</summary>
    /// <returns>Whether each of them serves what was stored.</returns>
    public static async Task<bool> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("ragcaching-aot-");
        try
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"aot_{Environment.ProcessId}");
            var holds = await HoldsAsync("SQLite", builder => builder.UseSqliteJournal(Path.Combine(folder.FullName, "cache.db")).AddSqliteEmbeddingStorage());
            var database = new MemoryVectorStore();
            holds &= await HoldsAsync("Vector database in memory", builder => builder.UseVectorData(database));
            if (Environment.GetEnvironmentVariable("RAGCACHING_REDIS") is { Length: > 0 } redis)
            {
                holds &= await HoldsAsync("Redis", builder => builder.UseRedisJournal(redis, options => options.Name = name));
            }

            if (Environment.GetEnvironmentVariable("RAGCACHING_POSTGRES") is { Length: > 0 } postgres)
            {
                holds &= await HoldsAsync("PostgreSQL", builder => builder.UsePostgresJournal(postgres, options => options.Schema = name));
            }

            return holds;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Answers one question from a file as soon as the process can, and tells how long after its start that was.</summary>
    public static async Task<int> FirstAnswerAsync(string path)
    {
        var outcome = await AskAsync(builder => builder.UseSqliteJournal(path));
        var elapsed = DateTime.UtcNow - Process.GetCurrentProcess().StartTime.ToUniversalTime();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcome} {elapsed.TotalMilliseconds:F0} ms after the start of the process"));
        return 0;
    }

    private static async Task<bool> HoldsAsync(string engine, Action<IRagCachingBuilder> use)
    {
        var outcomes = (First: await AskAsync(use), Second: await AskAsync(use));
        Console.WriteLine($"{engine}: {outcomes.First}, after a restart {outcomes.Second}");
        return outcomes == (SemanticCacheOutcome.Miss, SemanticCacheOutcome.ExactHit);
    }

    // An instance of its own, from its start to its end.
    private static async Task<SemanticCacheOutcome> AskAsync(Action<IRagCachingBuilder> use)
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new WordCountGenerator());
        use(services.AddRagCaching(options => options.ShareAcrossCallers = true));
        await using var provider = services.BuildServiceProvider();
        if (provider.GetRequiredService<IVectorStore>() is JournaledVectorStore journaled)
        {
            await journaled.WhenLoadedAsync();
        }

        var cache = provider.GetRequiredService<ISemanticCache>();
        var result = await cache.GetOrCreateAsync(Question, token => new EchoChatClient().GetResponseAsync(Question, cancellationToken: token));
        return result.Outcome;
    }
}
