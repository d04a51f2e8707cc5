using System.Text;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Transfers;

public sealed class ExportAndImportTests : IDisposable
{
    private readonly CacheFixture _source = new();
    private readonly CacheFixture _target = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _source.Dispose();
        _target.Dispose();
    }

    [Fact]
    public async Task Import_OfAnExport_GivesTheSameHitsUnderTheSameIds()
    {
        _source.SameMeaning("What is a cache?", "What does cache mean?");
        _target.SameMeaning("What is a cache?", "What does cache mean?");
        var id = await StoreAsync("What is a cache?", "A store of answers. Größe: 1 µm, 日本語.", "tag");
        await StoreAsync("Where is Oslo?", "In Norway.");
        await _source.Cache.ReportAsync(id!, "What does cash mean?", correct: false, cancellationToken: Token);

        var (export, written) = await ExportAsync();
        var report = await _target.Cache.ImportAsync(export, cancellationToken: Token);

        Assert.Equal(2, written);
        Assert.Equal("2 stored, 0 expired, 0 kept, 0 faulty", report.ToString());
        var exact = await _target.Cache.LookupAsync("What is a cache?", Token);
        Assert.Equal((SemanticCacheOutcome.ExactHit, id, "A store of answers. Größe: 1 µm, 日本語."), (exact.Outcome, exact.EntryId, exact.Response?.Text));
        var near = await _target.Cache.LookupAsync("What does cache mean?", Token);
        Assert.Equal((SemanticCacheOutcome.SemanticHit, id), (near.Outcome, near.EntryId));
        Assert.Equal(1, await _target.Cache.RemoveWhereAsync(new EntryFilter { AllScopes = true, Tag = "tag" }, Token));
    }

    [Fact]
    public async Task Export_OfOneScope_HasNoOther()
    {
        await _source.Cache.StoreAsync(new SemanticCacheQuery("What?") { Scope = CacheScope.For("a") }, CacheFixture.Answer("For a."), Token);
        await _source.Cache.StoreAsync(new SemanticCacheQuery("What?") { Scope = CacheScope.For("b") }, CacheFixture.Answer("For b."), Token);
        var export = new MemoryStream();

        Assert.Equal(1, await _source.Cache.ExportAsync(export, new EntryFilter { Scope = CacheScope.For("b") }, cancellationToken: Token));

        var text = Encoding.UTF8.GetString(export.ToArray());
        Assert.Contains("For b.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("For a.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExportAndImport_Progress_IsToldEveryThousandAndAtTheEnd()
    {
        for (var i = 0; i < 1_500; i++)
        {
            await StoreAsync($"Question {i}?", $"Answer {i}.");
        }

        List<long> written = [], stored = [];
        var export = new MemoryStream();
        await _source.Cache.ExportAsync(export, new EntryFilter { AllScopes = true }, new Progress(written), Token);
        export.Position = 0;
        await _target.Cache.ImportAsync(export, progress: new Progress(stored), cancellationToken: Token);

        Assert.Equal([1_000, 1_500], written);
        Assert.Equal([1_000, 1_500], stored);
    }

    [Fact]
    public async Task Import_Expired_IsCountedAndLeftOut()
    {
        await StoreAsync("What?", "That.");
        var (export, _) = await ExportAsync();
        _target.Time.Advance(TimeSpan.FromDays(60));

        var report = await _target.Cache.ImportAsync(export, cancellationToken: Token);

        Assert.Equal("0 stored, 1 expired, 0 kept, 0 faulty", report.ToString());
    }

    [Theory]
    [InlineData(false, "That.", "1 stored, 0 expired, 0 kept, 0 faulty")]
    [InlineData(true, "This.", "0 stored, 0 expired, 1 kept, 0 faulty")]
    public async Task Import_WhereThereIsAnAnswer_ReplacesItUnlessItIsToBeKept(bool keepExisting, string text, string expected)
    {
        await StoreAsync("What?", "That.");
        await _target.Cache.StoreAsync("What?", CacheFixture.Answer("This."), Token);
        var (export, _) = await ExportAsync();

        var report = await _target.Cache.ImportAsync(export, new ImportOptions { KeepExisting = keepExisting }, cancellationToken: Token);

        Assert.Equal(expected, report.ToString());
        Assert.Equal(text, (await _target.Cache.LookupAsync("What?", Token)).Response?.Text);
    }

    [Fact]
    public async Task Import_OfWhatIsRemovedMeanwhile_StoresNothingOfIt()
    {
        await StoreAsync("What?", "That.", "tag");
        var (export, _) = await ExportAsync();
        var removed = 0;
        _target.Store.Before = async (operation, _) =>
        {
            if (operation == nameof(IVectorStore.UpsertAsync) && removed++ == 0)
            {
                await _target.Cache.RemoveWhereAsync(new EntryFilter { AllScopes = true, Tag = "tag" }, Token);
            }
        };

        var report = await _target.Cache.ImportAsync(export, cancellationToken: Token);

        Assert.Equal("0 stored, 0 expired, 1 kept, 0 faulty", report.ToString());
        Assert.Null((await _target.Cache.LookupAsync("What?", Token)).Response);
    }

    [Fact]
    public async Task Import_AsCurated_NeverExpires()
    {
        await StoreAsync("What?", "That.");
        var (export, _) = await ExportAsync();
        await _target.Cache.ImportAsync(export, new ImportOptions { AsCurated = true }, cancellationToken: Token);

        _target.Time.Advance(TimeSpan.FromDays(3_650));

        Assert.Equal("That.", (await _target.Cache.LookupAsync("What?", Token)).Response?.Text);
    }

    [Fact]
    public async Task Export_OfAStoreThatCannotListItsEntries_NamesIt()
    {
        await using var cache = _source.NewCache(store: new ChaosVectorStore(_source.Store, new FaultPlan()));

        var exception = await Assert.ThrowsAsync<NotSupportedException>(async () => await cache.ExportAsync(new MemoryStream(), new EntryFilter { AllScopes = true }, cancellationToken: Token));

        Assert.Contains(nameof(ChaosVectorStore), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_WithoutAScope_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await _source.Cache.ExportAsync(new MemoryStream(), new EntryFilter(), cancellationToken: Token));

    private async Task<string?> StoreAsync(string question, string answer, params string[] tags) =>
        await _source.Cache.StoreAsync(new SemanticCacheQuery(question) { Tags = tags }, CacheFixture.Answer(answer), Token);

    private async Task<(MemoryStream Export, long Written)> ExportAsync()
    {
        var export = new MemoryStream();
        var written = await _source.Cache.ExportAsync(export, new EntryFilter { AllScopes = true }, cancellationToken: Token);
        export.Position = 0;
        return (export, written);
    }

    // Tells at once, as Progress<T> does not.
    private sealed class Progress(List<long> told) : IProgress<long>
    {
        public void Report(long value) => told.Add(value);
    }
}
