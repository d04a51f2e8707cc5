using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace RagCaching.Tests.Journals;

/// <summary>The contract of <see cref="IVectorJournal"/>. Every engine has a test class that inherits it and runs it against the real thing.</summary>
public abstract partial class VectorJournalConformanceTests : IAsyncLifetime
{
    protected static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    protected static readonly JournalIdentity Identity = new() { KeyCheck = "key-check", EmbeddingModel = "model", Dimensions = 4 };

    private readonly List<IVectorJournal> _opened = [];

    protected FakeTimeProvider Time { get; } = new(Start);

    protected IVectorJournal Journal { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes the place that all journals of a test share, empty.</summary>
    protected abstract ValueTask PrepareAsync();

    /// <summary>Creates another journal on the same place, as another process would. Expiry follows <see cref="Time"/>.</summary>
    protected abstract IVectorJournal Create();

    /// <summary>Removes the place.</summary>
    protected abstract ValueTask CleanUpAsync();

    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        Journal = await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var journal in _opened)
        {
            await journal.DisposeAsync();
        }

        await CleanUpAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<IVectorJournal> OpenAsync()
    {
        var journal = Create();
        _opened.Add(journal);
        await journal.OpenAsync(Identity, Token);
        return journal;
    }

    protected static VectorEntry Entry(string id, string partition = "p", string[]? labels = null, TimeSpan? timeToLive = null, DateTimeOffset? createdAt = null, byte[]? payload = null) => new()
    {
        Partition = partition,
        Id = id,
        Vector = new float[] { 0.6f, 0, 0.8f, 0 },
        EmbeddingModel = "model-digest",
        Metadata = Encoding.UTF8.GetBytes($"metadata of {id}"),
        Payload = payload ?? Encoding.UTF8.GetBytes($"payload of {id}"),
        Labels = labels ?? [],
        Owner = "owner",
        CreatedAt = createdAt ?? Start,
        ExpiresAt = Start + (timeToLive ?? TimeSpan.FromHours(1)),
    };

    protected ValueTask<IReadOnlyList<JournalReceipt>> Append(params JournalChange[] changes) => Journal.AppendAsync(changes, Token);

    protected async Task<JournalReceipt> Upsert(VectorEntry entry, long? basedOn = null) => (await Append(JournalChange.Upsert(entry, basedOn ?? long.MaxValue)))[0];

    protected async Task<JournalPosition> PositionAsync(IVectorJournal? journal = null) => await (journal ?? Journal).OpenAsync(Identity, Token);

    protected static async Task<List<VectorEntry>> SnapshotOf(IVectorJournal journal, int pageSize = 100, bool withPayloads = true)
    {
        var entries = new List<VectorEntry>();
        string? cursor = null;
        do
        {
            var page = await journal.ReadSnapshotAsync(cursor, pageSize, withPayloads, Token);
            Assert.True(page.Entries.Count <= pageSize, $"A page of {pageSize} had {page.Entries.Count} entries.");
            entries.AddRange(page.Entries);
            cursor = page.Next;
        }
        while (cursor is not null);
        return entries;
    }

    protected static async Task<List<JournalRecord>> ChangesOf(IVectorJournal journal, JournalPosition after, int atOnce = 100)
    {
        var records = new List<JournalRecord>();
        while (true)
        {
            var changes = await journal.ReadChangesAsync(after, atOnce, withPayloads: true, Token);
            Assert.False(changes.IsGap);
            Assert.True(changes.Records.Count <= atOnce);
            records.AddRange(changes.Records);
            after = changes.Position;
            if (!changes.HasMore)
            {
                return records;
            }
        }
    }

    private static void AssertSame(VectorEntry expected, VectorEntry actual)
    {
        Assert.Equal((expected.Partition, expected.Id, expected.Owner, expected.CreatedAt, expected.ExpiresAt), (actual.Partition, actual.Id, actual.Owner, actual.CreatedAt, actual.ExpiresAt));
        Assert.Equal(expected.Vector.Span, actual.Vector.Span);
        Assert.Equal(expected.Metadata.Span, actual.Metadata.Span);
        Assert.Equal(expected.Payload.Span, actual.Payload.Span);
        Assert.Equal(expected.Labels.Order(), actual.Labels.Order());
    }

    [Fact]
    public async Task Open_Twice_GivesTheSamePosition()
    {
        var first = await PositionAsync();
        var second = await PositionAsync(await OpenAsync());

        Assert.Equal(first, second);
        Assert.NotEmpty(first.Incarnation);
        await Upsert(Entry("a"));
        Assert.True((await PositionAsync()).Version > first.Version);
    }

    [Fact]
    public async Task Append_AnEntry_IsReadByOthersAsItWasWritten()
    {
        var other = await OpenAsync();
        var before = await PositionAsync(other);
        var entry = Entry("a", labels: ["x", "y"], createdAt: Start.AddTicks(-1234567));

        var receipt = await Upsert(entry);

        var record = Assert.Single(await ChangesOf(other, before));
        Assert.Equal((receipt.Version, false, JournalChangeKind.Upsert), (record.Version, record.IsOwn, record.Change.Kind));
        AssertSame(entry, record.Change.Entry!);
        Assert.Equal("model-digest", record.Change.Entry!.EmbeddingModel);
        AssertSame(entry, Assert.Single(await SnapshotOf(other)));
        AssertSame(entry, (await other.ReadAsync("p", "a", withVector: true, Token))!);
        Assert.Null(await other.ReadAsync("p", "b", withVector: true, Token));
        Assert.Null(await other.ReadAsync("q", "a", withVector: true, Token));
    }

    [Fact]
    public async Task Append_EntriesOfEveryShape_AreReadAsTheyWereWritten()
    {
        VectorEntry[] entries =
        [
            new() { Partition = "p", Id = "nothing but times", CreatedAt = Start, ExpiresAt = Start.AddDays(400) },
            Entry("large", payload: [.. Enumerable.Range(0, 1 << 20).Select(i => (byte)(i * 31))]),
            Entry("many labels", labels: [.. Enumerable.Range(0, 40).Select(i => $"label {i}")]),
            Entry("it's \"quoted\"; drop table x; -- {tag} \\ %s ? \u2028 \u00e9 \ud83d\ude00", partition: "p':\"{}*[a-z]"),
        ];
        await Append([.. entries.Select(entry => JournalChange.Upsert(entry, long.MaxValue))]);

        foreach (var entry in entries)
        {
            AssertSame(entry, (await Journal.ReadAsync(entry.Partition, entry.Id, withVector: true, Token))!);
        }

        Assert.Equal(entries.Select(entry => entry.Id).Order(), (await SnapshotOf(await OpenAsync(), pageSize: 2)).Select(entry => entry.Id).Order());
    }

    [Fact]
    public async Task Append_FromSeveralJournals_GivesOneOrder()
    {
        var other = await OpenAsync();
        var before = await PositionAsync();
        var versions = new List<long>();
        for (var i = 0; i < 10; i++)
        {
            var receipts = await (i % 2 == 0 ? Journal : other).AppendAsync([JournalChange.Upsert(Entry($"{i}a"), long.MaxValue), JournalChange.Upsert(Entry($"{i}b"), long.MaxValue)], Token);
            versions.AddRange(receipts.Select(receipt => receipt.Version));
        }

        Assert.Equal(versions.Order().Distinct(), versions);
        var records = await ChangesOf(Journal, before, atOnce: 3);
        Assert.Equal(versions, records.Select(record => record.Version));
        Assert.Equal(records.Select(record => record.Change.Id[0] % 2 == 0), records.Select(record => record.IsOwn));
    }

    [Fact]
    public async Task Append_TheSameEntryAgain_ReplacesIt()
    {
        var before = await PositionAsync();
        await Upsert(Entry("a", payload: [1]));
        await Upsert(Entry("a", payload: [2], labels: ["new"]));
        var other = await OpenAsync();

        Assert.Equal([2], Assert.Single(await SnapshotOf(other)).Payload.ToArray());
        Assert.Equal([2], (await ChangesOf(other, before))[^1].Change.Entry!.Payload.ToArray());
        Assert.Equal(1, (await Append(JournalChange.RemoveWhere(new VectorFilter { Labels = ["new"] })))[0].Affected);
    }

    [Fact]
    public async Task ReadSnapshot_InParts_ReturnsAllNewestFirst()
    {
        for (var i = 0; i < 7; i++)
        {
            await Upsert(Entry($"{i}"));
        }

        await Upsert(Entry("3", payload: [9]));

        Assert.Equal(["3", "6", "5", "4", "2", "1", "0"], (await SnapshotOf(Journal, pageSize: 3)).Select(entry => entry.Id));
        Assert.All(await SnapshotOf(Journal, withPayloads: false), entry => Assert.True(entry.Payload.IsEmpty && !entry.Vector.IsEmpty && !entry.Metadata.IsEmpty));
    }

    [Fact]
    public async Task Read_ExpiredEntries_AreNotThere()
    {
        await Upsert(Entry("short", timeToLive: TimeSpan.FromMinutes(1)));
        await Upsert(Entry("long"));
        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await Journal.ReadAsync("p", "short", withVector: false, Token));
        Assert.Equal(["long"], (await SnapshotOf(Journal)).Select(entry => entry.Id));
        Assert.Equal(1, (await Append(JournalChange.RemoveWhere(new VectorFilter())))[0].Affected);
    }

    [Fact]
    public async Task Append_Learnt_ReachesOthersOnce()
    {
        var other = await OpenAsync();
        var before = await PositionAsync();
        await Append(JournalChange.Learn("topic", new byte[] { 1, 2, 3 }));

        var record = Assert.Single(await ChangesOf(other, before));
        Assert.Equal((JournalChangeKind.Learn, "topic", false), (record.Change.Kind, record.Change.Partition, record.IsOwn));
        Assert.Equal([1, 2, 3], record.Change.Content.ToArray());
        Assert.True(Assert.Single(await ChangesOf(Journal, before)).IsOwn);
        Assert.Empty(await ChangesOf(other, await PositionAsync()));
        Assert.Empty(await SnapshotOf(other));
    }

    [Fact]
    public async Task ReadChanges_OfAnotherIncarnation_IsAGap()
    {
        await Upsert(Entry("a"));
        var position = await PositionAsync();

        var changes = await Journal.ReadChangesAsync(position with { Incarnation = "another" }, 10, withPayloads: true, Token);

        Assert.True(changes.IsGap);
        Assert.Equal(position, changes.Position);
        Assert.Empty(changes.Records);
    }

    [Fact]
    public async Task WaitForChanges_AnotherAppends_Ends()
    {
        var other = await OpenAsync();
        var position = await PositionAsync(other);
        var waiting = other.WaitForChangesAsync(position, TimeSpan.FromMinutes(1), Token).AsTask();

        await Upsert(Entry("a"));
        await Eventually(waiting);

        Assert.NotEmpty(await ChangesOf(other, position));
    }

    /// <summary>Waits for a wait of the engine, which may follow <see cref="Time"/> or the clock of the machine.</summary>
    protected async Task Eventually(Task waiting) => await TestDoubles.Eventually.HoldsAsync(() => waiting.IsCompleted, "The end of the wait", () => Time.Advance(TimeSpan.FromMilliseconds(1)));

    [Theory]
    [InlineData("other-key", "model", 4, "KeySecret")]
    [InlineData("key-check", "other-model", 4, "model")]
    [InlineData("key-check", "model", 8, "8")]
    public async Task Open_ByAnotherHost_IsRefused(string keyCheck, string model, int dimensions, string named)
    {
        await Upsert(Entry("a"));
        await using var journal = Create();

        var exception = await Assert.ThrowsAsync<JournalMismatchException>(async () => await journal.OpenAsync(new JournalIdentity { KeyCheck = keyCheck, EmbeddingModel = model, Dimensions = dimensions }, Token));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.Equal(["a"], (await SnapshotOf(Journal)).Select(entry => entry.Id));
    }

    [Fact]
    public async Task Open_ByAHostWithoutAModelName_IsAccepted()
    {
        await using var journal = Create();

        await journal.OpenAsync(new JournalIdentity { KeyCheck = Identity.KeyCheck }, Token);

        Assert.Empty(await SnapshotOf(journal));
    }
}
