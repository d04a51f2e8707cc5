using Microsoft.Extensions.Logging.Abstractions;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Journals;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Journals;

/// <summary>The copy of a journal in memory, while it is filled.</summary>
public sealed class LocalEntriesTests : IDisposable
{
    private const int Dimensions = 64;

    private readonly JournalFixture _fixture = new();
    private readonly LocalEntries _entries;

    public LocalEntriesTests()
    {
        var services = new TestServices().Add<TimeProvider>(_fixture.Time);
        var reporting = new FaultReporting(_fixture.Time, new CacheTelemetry(TelemetryNames.Kinds.Response, "cache", services), NullLogger.Instance);
        _entries = new LocalEntries(() => new InMemoryVectorStore(services: services), keepPayloads: true, reporting);
    }

    private double? IndexAge => ((ICacheSize)_entries.Current).IndexAge;

    public void Dispose() => _entries.Dispose();

    [Fact]
    public async Task Load_UntilItEnds_LeavesTheProcessorToTheLoading()
    {
        _entries.Load(Entries(), int.MaxValue);
        await _entries.Current.WhenIndexedAsync();
        Assert.Null(IndexAge);

        _entries.EndLoad();
        await _entries.Current.WhenIndexedAsync();
        Assert.NotNull(IndexAge);
    }

    [Fact]
    public async Task BeginReload_UntilItEnds_LeavesTheProcessorToTheLoading()
    {
        _entries.EndLoad();
        _entries.BeginReload(withPending: true);
        _entries.Load(Entries(), int.MaxValue);

        _entries.EndLoad();
        await _entries.Current.WhenIndexedAsync();

        Assert.Equal(600, ((ICacheSize)_entries.Current).Entries);
        Assert.NotNull(IndexAge);
    }

    private List<VectorEntry> Entries()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 600).Select(i => _fixture.Entry($"{i}", vector: [.. Enumerable.Range(0, Dimensions).Select(_ => random.NextSingle() - 0.5f)]))];
    }
}
