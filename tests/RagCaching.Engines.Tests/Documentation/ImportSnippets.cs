using StackExchange.Redis;

namespace RagCaching.Engines.Tests.Documentation;

/// <summary>The code of <c>docs/import-export.md</c> and <c>docs/migration.md</c> about files and databases of others.</summary>
internal static class ImportSnippets
{
    public static async Task FaqAsync(ISemanticCacheTransfer transfer)
    {
        await using var file = File.OpenRead("faq.csv");
        var report = await transfer.ImportAnswersAsync(CsvAnswers.ReadAsync(file, new CsvAnswerOptions { Scope = CacheScope.For("shop"), TagsColumn = "topic", AreCurated = true }));

        Console.WriteLine(report);   // 412 stored, 0 expired, 0 kept, 2 faulty
        foreach (var fault in report.Faults)
        {
            Console.WriteLine(fault);   // line 17, answer: It is blank.
        }
    }

    public static async Task ChatsAsync(ISemanticCacheTransfer transfer, IProgress<long> progress)
    {
        await using var log = File.OpenRead("chats.jsonl");
        await transfer.ImportAnswersAsync(ChatLogAnswers.ReadAsync(log, new ChatLogOptions { Scope = CacheScope.For("shop") }), progress: progress);
    }

    public static async Task GptCacheAsync(ISemanticCacheTransfer transfer) =>
        await transfer.ImportAnswersAsync(GptCacheAnswers.ReadAsync("sqlite.db", new GptCacheOptions { Scope = CacheScope.For("shop") }));

    public static async Task RedisVLAsync(ISemanticCacheTransfer transfer)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync("redis:6379");
        await transfer.ImportAnswersAsync(RedisVLAnswers.ReadAsync(redis, new RedisVLOptions { Name = "llmcache", ScopeFields = ["tenant"], TagFields = ["country"] }));
    }
}
