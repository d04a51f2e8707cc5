using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.Engines.Tests.Replay;
using static RagCaching.Engines.Tests.Import.Reading;

namespace RagCaching.Engines.Tests.Import;

/// <summary>From a file into a cache: what is good is served, and the report names the rest.</summary>
public sealed class ImportedFilesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csv_WithFaults_IsServedAndReportedByLineFieldAndValue()
    {
        await using var provider = Provider();

        var report = await provider.GetRequiredService<ISemanticCacheTransfer>().ImportAnswersAsync(CsvAnswers.ReadAsync(StreamOf("question,answer\nHow long?,Ten days.\n,x\nWho?,a,b\n")), cancellationToken: Token);

        Assert.Equal("1 stored, 0 expired, 0 kept, 2 faulty", report.ToString());
        Assert.Equal([(3L, "question"), (4L, "row")], report.Faults.Select(fault => (fault.Line, fault.Field)));
        Assert.Equal("Ten days.", (await provider.GetRequiredService<ISemanticCache>().LookupAsync("How long?", Token)).Response?.Text);
    }

    [Fact]
    public async Task Fault_WhereTheFirstEndsTheImport_EndsIt()
    {
        await using var provider = Provider();

        var report = await provider.GetRequiredService<ISemanticCacheTransfer>().ImportAnswersAsync(
            CsvAnswers.ReadAsync(StreamOf("question,answer\nq,a\n,x\nr,b\n")), new ImportOptions { StopAtFirstFault = true }, cancellationToken: Token);

        Assert.Equal("1 stored, 0 expired, 0 kept, 1 faulty", report.ToString());
    }

    [Fact]
    public async Task File_WithoutColumns_StoresNothing()
    {
        await using var provider = Provider();

        await Assert.ThrowsAsync<InvalidDataException>(() => provider.GetRequiredService<ISemanticCacheTransfer>().ImportAnswersAsync(CsvAnswers.ReadAsync(StreamOf("a,b\nq,a\n")), cancellationToken: Token).AsTask());

        Assert.Equal(0, await provider.GetRequiredService<ISemanticCacheTransfer>().ExportAsync(Stream.Null, new EntryFilter { AllScopes = true }, cancellationToken: Token));
    }

    private static ServiceProvider Provider()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new WordEmbeddings());
        services.AddRagCaching(options => options.ShareAcrossCallers = true);
        return services.BuildServiceProvider();
    }
}
