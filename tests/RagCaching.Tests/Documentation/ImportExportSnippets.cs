using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.Tests.Documentation;

/// <summary>The code of <c>docs/import-export.md</c>, line by line.</summary>
internal static class ImportExportSnippets
{
    public static async Task MoveAsync(IServiceProvider provider, IEnumerable<(string Question, string Answer)> faq)
    {
        var transfer = provider.GetRequiredService<ISemanticCacheTransfer>();

        // Everything, as JSON Lines.
        await using (var file = File.Create("answers.jsonl"))
        {
            await transfer.ExportAsync(file, new EntryFilter { AllScopes = true });
        }

        // Into another host, whatever its engine: the same answers under the same ids.
        await using (var file = File.OpenRead("answers.jsonl"))
        {
            var report = await transfer.ImportAsync(file);
            Console.WriteLine(report);   // 1000 stored, 0 expired, 0 kept, 0 faulty
        }

        // Questions and answers of your own, embedded here, 64 at a time.
        await transfer.ImportAnswersAsync(faq.Select(item => new ImportedAnswer
        {
            Question = item.Question,
            Answer = item.Answer,
            Scope = CacheScope.For("shop"),
            IsCurated = true,
        }).ToAsyncEnumerable());
    }
}
