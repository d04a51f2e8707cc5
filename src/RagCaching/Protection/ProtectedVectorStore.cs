using System.Runtime.CompilerServices;
using RagCaching.Internal.Faults;
using RagCaching.VectorStores;

namespace RagCaching.Protection;

/// <summary>Puts the host's protector between the cache and a store that searches by itself. Such a store needs its vectors, which stay readable; questions and answers do not.</summary>
internal sealed class ProtectedVectorStore(IVectorStore store, ProtectedPayloads payloads) : IVectorStore
{
    private readonly EntrySeal _seal = new(payloads);

    /// <summary>Puts the protector of a host, if it has one, around a store whose content leaves the process through it.</summary>
    /// <remarks>What an index in this process holds stays plain, and its journal has a protector of its own.</remarks>
    public static IVectorStore Around(IVectorStore store, IServiceProvider? services, FaultReporting reporting) =>
        store is not ILocalIndex && ProtectedPayloads.From(services, reporting) is { } payloads ? new ProtectedVectorStore(store, payloads) : store;

    /// <inheritdoc/>
    /// <exception cref="NotProtectedException">The protector failed.</exception>
    public ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default) => store.UpsertAsync(_seal.Seal(entry, leavesVector: true), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<VectorEntry?> GetAsync(string partition, string id, CancellationToken cancellationToken = default) =>
        Opened(await store.GetAsync(partition, id, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async ValueTask<VectorEntry?> GetContentAsync(string partition, string id, CancellationToken cancellationToken = default) =>
        Opened(await store.GetContentAsync(partition, id, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    /// <exception cref="NotProtectedException">The protector failed.</exception>
    public ValueTask<bool> SetMetadataAsync(string partition, string id, ReadOnlyMemory<byte> metadata, CancellationToken cancellationToken = default) =>
        store.SetMetadataAsync(partition, id, _seal.SealMetadata(partition, id, metadata), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default)
    {
        var opened = new List<VectorMatch>();
        foreach (var (entry, similarity) in await store.SearchAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if ((query.IncludePayload ? Opened(entry) : Found(entry)) is { } readable)
            {
                opened.Add(new VectorMatch(readable, similarity));
            }
        }

        return opened;
    }

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(string partition, string id, CancellationToken cancellationToken = default) => store.RemoveAsync(partition, id, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> RemoveWhereAsync(VectorFilter filter, CancellationToken cancellationToken = default) => store.RemoveWhereAsync(filter, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(VectorFilter filter, CancellationToken cancellationToken = default) => store.CountAsync(filter, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<VectorEntry> ReadAllAsync(VectorFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var entry in store.ReadAllAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            if (Opened(entry) is { } opened)
            {
                yield return opened;
            }
        }
    }

    private VectorEntry? Opened(VectorEntry? entry)
    {
        if (entry is null)
        {
            return null;
        }

        return _seal.TryOpen(entry, withPayload: true, withVector: true, out var opened) ? opened : NotOpened();
    }

    private VectorEntry? Found(VectorEntry entry) => _seal.TryOpenFound(entry) ?? NotOpened();

    private VectorEntry? NotOpened()
    {
        payloads.NotOpened();
        return null;
    }
}
