using static RagCaching.Tests.Journals.JournalFixture;

namespace RagCaching.Tests.Journals;

/// <summary>The arithmetic of docs/scaling.md, for a hundred instances.</summary>
public sealed class ManyInstancesTests : IAsyncLifetime
{
    private const int Instances = 100;
    private const int Answers = 20;

    private readonly JournalFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task NewAnswer_OfAHundredInstances_IsWrittenOnceAndReadByEachOther()
    {
        var appends = 0;
        var reads = 0;
        void Count(MemoryJournal journal) => journal.Before = (operation, _) =>
        {
            Interlocked.Add(ref appends, operation == "append" ? 1 : 0);
            Interlocked.Add(ref reads, operation is "read" or "snapshot" ? 1 : 0);
            return Task.CompletedTask;
        };
        var stores = new List<JournaledVectorStore>();
        for (var i = 0; i < Instances; i++)
        {
            var (store, _) = await _fixture.StartAsync(prepare: Count);
            stores.Add(store);
        }

        (appends, reads) = (0, 0);
        for (var i = 0; i < Answers; i++)
        {
            await stores[i].UpsertAsync(_fixture.Entry($"{i}"), Token);
        }

        foreach (var store in stores)
        {
            await _fixture.EventuallyAsync(() => Enumerable.Range(0, Answers).All(i => TextIn(store, $"{i}") == "answer"), "Hearing of all answers");
        }

        // One row written an answer, no lookup asks the journal, and a change is handed to each other instance once.
        Assert.Equal(Answers, appends);
        Assert.Equal(0, reads);
        Assert.Equal(Answers * (Instances - 1), _fixture.Place.Delivered);
    }
}
