using System.Text;

namespace RagCaching.Testing.Conformance.Stores;

/// <summary>One run of a check on a store: the store, and entries and queries for it.</summary>
internal sealed class StoreTrial(VectorStoreSubject subject, CancellationToken token)
{
    public const string Partition = "partition";
    public const string OtherPartition = "other-partition";

    public IVectorStore Store => subject.Store;

    public CancellationToken Token => token;

    public DateTimeOffset Start { get; } = subject.Time.GetUtcNow();

    /// <summary>Makes a check out of what it does.</summary>
    public static ConformanceCheck<VectorStoreSubject> Check(string name, string promise, Func<StoreTrial, Task> body) =>
        new(name, promise, (subject, token) => body(new StoreTrial(subject, token)));

    public static VectorQuery Query(params float[] vector) => new() { Partition = Partition, Vector = vector, Limit = 10 };

    public static IEnumerable<string> IdsOf(IReadOnlyList<VectorMatch> matches) => matches.Select(match => match.Entry.Id);

    /// <summary>An entry whose payload and metadata name its id.</summary>
    public VectorEntry Entry(string id, float[] vector, string partition = Partition, string[]? labels = null, TimeSpan? timeToLive = null, DateTimeOffset? createdAt = null) => new()
    {
        Partition = partition,
        Id = id,
        Vector = vector,
        Metadata = Encoding.UTF8.GetBytes($"metadata of {id}"),
        Payload = Encoding.UTF8.GetBytes($"payload of {id}"),
        Labels = labels ?? [],
        CreatedAt = createdAt ?? Start,
        ExpiresAt = Start + (timeToLive ?? TimeSpan.FromHours(1)),
    };

    public async Task AddAsync(VectorEntry entry) => await Store.UpsertAsync(entry, token).ConfigureAwait(false);

    public async Task<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query) => await Store.SearchAsync(query, token).ConfigureAwait(false);

    public Task<IReadOnlyList<VectorMatch>> SearchAsync(params float[] vector) => SearchAsync(Query(vector));

    public async Task<VectorEntry?> GetAsync(string id, string partition = Partition) => await Store.GetAsync(partition, id, token).ConfigureAwait(false);

    public async Task<VectorEntry?> GetContentAsync(string id, string partition = Partition) => await Store.GetContentAsync(partition, id, token).ConfigureAwait(false);

    public async Task<bool> RemoveAsync(string id, string partition = Partition) => await Store.RemoveAsync(partition, id, token).ConfigureAwait(false);

    public async Task<bool> SetMetadataAsync(string id, ReadOnlyMemory<byte> metadata, string partition = Partition) =>
        await Store.SetMetadataAsync(partition, id, metadata, token).ConfigureAwait(false);

    public async Task<long> CountAsync(VectorFilter? filter = null) => await Store.CountAsync(filter ?? new VectorFilter(), token).ConfigureAwait(false);

    public async Task<long> RemoveWhereAsync(VectorFilter? filter = null) => await Store.RemoveWhereAsync(filter ?? new VectorFilter(), token).ConfigureAwait(false);

    /// <summary>Reads all entries that a filter selects.</summary>
    /// <returns><see langword="null"/> from a store that says, before the first entry and with the exception of the contract, that it cannot list its entries.</returns>
    public async Task<IReadOnlyList<VectorEntry>?> ReadAllAsync(VectorFilter? filter = null, CancellationToken? cancellation = null)
    {
        var entries = new List<VectorEntry>();
        try
        {
            await foreach (var entry in Store.ReadAllAsync(filter ?? new VectorFilter(), cancellation ?? token).ConfigureAwait(false))
            {
                entries.Add(entry);
            }
        }
        catch (NotSupportedException exception) when (entries.Count == 0 && exception.GetType() == typeof(NotSupportedException))
        {
            return null;
        }

        return entries;
    }

    public async Task AdvanceAsync(TimeSpan duration) => await subject.AdvanceAsync(duration, token).ConfigureAwait(false);
}
