using System.Text;
using RagCaching.Testing.Conformance.Checks;

namespace RagCaching.Testing.Conformance.Journals;

/// <summary>One run of a check on journals: the journals of one place, and entries and changes for them.</summary>
internal sealed class JournalTrial(VectorJournalSubject subject, CancellationToken token) : IAsyncDisposable
{
    public static readonly JournalIdentity Identity = new() { KeyCheck = "key-check", EmbeddingModel = "model", Dimensions = 4 };

    private readonly List<IVectorJournal> _created = [];

    /// <summary>Gets the journal that is open from the start.</summary>
    public IVectorJournal Journal => _created[0];

    public VectorJournalSubject Subject => subject;

    public CancellationToken Token => token;

    public DateTimeOffset Start { get; } = subject.Time.GetUtcNow();

    /// <summary>Makes a check out of what it does.</summary>
    public static ConformanceCheck<VectorJournalSubject> Check(string name, string promise, Func<JournalTrial, Task> body) => new(name, promise, async (subject, token) =>
    {
        var trial = new JournalTrial(subject, token);
        await Ending.RunAsync(
            async () =>
            {
                await trial.OpenAsync().ConfigureAwait(false);
                await body(trial).ConfigureAwait(false);
            },
            trial.DisposeAsync).ConfigureAwait(false);
    });

    /// <summary>Creates another journal on the same place, which is not open yet.</summary>
    public IVectorJournal Create()
    {
        _created.Add(subject.Create());
        return _created[^1];
    }

    /// <summary>Opens another journal on the same place.</summary>
    public async Task<IVectorJournal> OpenAsync()
    {
        var journal = Create();
        await journal.OpenAsync(Identity, token).ConfigureAwait(false);
        return journal;
    }

    public VectorEntry Entry(string id, string partition = "p", string[]? labels = null, TimeSpan? timeToLive = null, DateTimeOffset? createdAt = null, byte[]? payload = null) => new()
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

    public async Task<IReadOnlyList<JournalReceipt>> AppendAsync(params JournalChange[] changes) => await Journal.AppendAsync(changes, token).ConfigureAwait(false);

    public async Task<JournalReceipt> UpsertAsync(VectorEntry entry, long? basedOn = null) => (await AppendAsync(JournalChange.Upsert(entry, basedOn ?? long.MaxValue)).ConfigureAwait(false))[0];

    public async Task<VectorEntry?> ReadAsync(string partition, string id, IVectorJournal? journal = null, bool withVector = false) =>
        await (journal ?? Journal).ReadAsync(partition, id, withVector, token).ConfigureAwait(false);

    public async Task<JournalPosition> PositionAsync(IVectorJournal? journal = null) => await (journal ?? Journal).OpenAsync(Identity, token).ConfigureAwait(false);

    public async Task<List<VectorEntry>> SnapshotAsync(IVectorJournal journal, int pageSize = 100, bool withPayloads = true)
    {
        var entries = new List<VectorEntry>();
        string? cursor = null;
        do
        {
            var page = await journal.ReadSnapshotAsync(cursor, pageSize, withPayloads, token).ConfigureAwait(false);
            Expect.That(page.Entries.Count <= pageSize, $"A page of at most {pageSize} entries had {page.Entries.Count}.");
            entries.AddRange(page.Entries);
            cursor = page.Next;
        }
        while (cursor is not null);
        return entries;
    }

    public async Task<List<JournalRecord>> ChangesAsync(IVectorJournal journal, JournalPosition after, int atOnce = 100)
    {
        var records = new List<JournalRecord>();
        while (true)
        {
            var changes = await journal.ReadChangesAsync(after, atOnce, withPayloads: true, token).ConfigureAwait(false);
            Expect.False(changes.IsGap);
            Expect.True(changes.Records.Count <= atOnce);
            records.AddRange(changes.Records);
            after = changes.Position;
            if (!changes.HasMore)
            {
                return records;
            }
        }
    }

    public ValueTask DisposeAsync() => DisposeFromAsync(0);

    /// <summary>Lets others run, and time pass, until a condition holds.</summary>
    /// <param name="holds">Looks.</param>
    /// <param name="mostLooks">How often it looks; enough where other threads are held up.</param>
    /// <param name="otherwise">What happened if the condition does not hold by then.</param>
    /// <remarks>A journal may follow the clock of the check or that of the machine. The former goes on by a millisecond for each look, up to half a minute; from then on only the latter does.</remarks>
    public async Task EventuallyAsync(Func<ValueTask<bool>> holds, int mostLooks, string otherwise)
    {
        const int MostMilliseconds = 30_000;
        for (var looks = 0; !await holds().ConfigureAwait(false); looks++)
        {
            Expect.That(looks < mostLooks, otherwise);
            token.ThrowIfCancellationRequested();
            if (looks < MostMilliseconds)
            {
                subject.Advance(TimeSpan.FromMilliseconds(1));
            }

            await Task.Yield();
        }
    }

    // One after the other and all of them, also where one fails: the place may be removed next.
    private async ValueTask DisposeFromAsync(int index)
    {
        if (index < _created.Count)
        {
            await Ending.RunAsync(() => _created[index].DisposeAsync().AsTask(), () => DisposeFromAsync(index + 1)).ConfigureAwait(false);
        }
    }
}
