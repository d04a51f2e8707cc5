using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.JournalLab;

/// <summary>Moves the answers of a cache in memory to one on an engine through a file, and asks both.</summary>
internal static class Moving
{
    private const int Asked = 1_000;
    private const string Secret = "the secret of this measurement, which is long";

    public static async Task<int> RunAsync(string engine, string address, Measurement.Settings settings)
    {
        var file = Path.GetTempFileName();
        try
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"moving_{Environment.ProcessId}");
            await using var source = Host(settings, static _ => { });
            await using var target = Host(settings, builder => builder.UseVectorJournal(_ => Engines.Create(engine, address, name), journal => journal.WhenQueueIsFull = JournalFullBehavior.Wait));
            var from = source.GetRequiredService<ISemanticCache>();
            var answer = new string('a', settings.Payload);
            for (var i = 0; i < settings.Entries; i++)
            {
                await from.StoreAsync(QuestionOf(i), new ChatResponse(new ChatMessage(ChatRole.Assistant, string.Create(CultureInfo.InvariantCulture, $"{i} {answer}"))));
            }

            var clock = Stopwatch.StartNew();
            await using (var written = File.Create(file))
            {
                await source.GetRequiredService<ISemanticCacheTransfer>().ExportAsync(written, new EntryFilter { AllScopes = true });
            }

            Print("exported", string.Create(CultureInfo.InvariantCulture, $"{settings.Entries:N0} entries in {clock.Elapsed.TotalSeconds:F1} s, {new FileInfo(file).Length >> 20} MiB"));
            clock.Restart();
            ImportReport report;
            await using (var read = File.OpenRead(file))
            {
                report = await target.GetRequiredService<ISemanticCacheTransfer>().ImportAsync(read);
            }

            Print("imported", string.Create(CultureInfo.InvariantCulture, $"{report} in {clock.Elapsed.TotalSeconds:F1} s"));
            await ((JournaledVectorStore)target.GetRequiredService<IVectorStore>()).FlushAsync();
            Print("written by the engine after", string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:F1} s"));
            return await CompareAsync(from, target.GetRequiredService<ISemanticCache>(), settings) ? 0 : 1;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static ServiceProvider Host(Measurement.Settings settings, Action<IRagCachingBuilder> withStore)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new HashedEmbeddings(settings.Dimensions));
        services.Configure<RagCachingKeyOptions>(options => options.KeySecret = Secret);
        withStore(services.AddRagCaching(options => options.ShareAcrossCallers = true).ConfigureInMemoryStore(bounds =>
        {
            bounds.MaxEntries = settings.Entries + 1;
            bounds.MaxBytes = 16L << 30;
        }));
        return services.BuildServiceProvider();
    }

    private static async Task<bool> CompareAsync(ISemanticCache from, ISemanticCache to, Measurement.Settings settings)
    {
        var same = 0;
        var random = new Random(1);
        for (var i = 0; i < Asked; i++)
        {
            var question = QuestionOf(random.Next(settings.Entries));
            var (before, after) = (await from.LookupAsync(question), await to.LookupAsync(question));
            same += before.EntryId is not null && before.EntryId == after.EntryId && before.Response?.Text == after.Response?.Text ? 1 : 0;
        }

        Print("same answer under the same id", string.Create(CultureInfo.InvariantCulture, $"{same} of {Asked}"));
        return same == Asked;
    }

    private static string QuestionOf(int i) => string.Create(CultureInfo.InvariantCulture, $"What is the answer to question {i}?");

    private static void Print(string what, string value) => Console.WriteLine($"{what,-36} {value}");
}
