using RagCaching.Internal.Limits;
using RagCaching.Journals;

namespace RagCaching;

/// <content>The operations of a store.</content>
public sealed partial class JournaledVectorStore
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="entry"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The entry alone is larger than the index may be.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="JournalMismatchException">The journal can never be used by this host.</exception>
    public async ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfUnusable();
        var basedOn = _contact.Position;
        _entries.Write(entry, basedOn.Version);
        var change = JournalChange.Upsert(entry, basedOn);
        if (_options.WriteThrough)
        {
            await _writer.WriteAsync(change, _options.CallTimeout, cancellationToken).ConfigureAwait(false);
            return;
        }

        await _writer.PostAsync(change, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="ArgumentException"><paramref name="partition"/> or <paramref name="id"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="JournalUnavailableException">The journal has been out of reach for too long.</exception>
    /// <exception cref="JournalMismatchException">The journal can never be used by this host.</exception>
    /// <remarks>An entry that the index does not have is read from the journal.</remarks>
    public async ValueTask<VectorEntry?> GetAsync(string partition, string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentException.ThrowIfNullOrEmpty(id);
        ThrowIfNothingIsServed();
        var key = new EntryKey(partition, id);
        var entry = await _entries.Current.GetAsync(partition, id, cancellationToken).ConfigureAwait(false);
        if (entry is null)
        {
            return _entries.Pending.Contains(key) ? null : await ReadAsync(key, withVector: true, cancellationToken).ConfigureAwait(false);
        }

        return ((VectorStores.ILocalIndex)this).HandsOutPayloads ? entry : await CompleteAsync(key, entry, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="ArgumentException"><paramref name="partition"/> or <paramref name="id"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="JournalUnavailableException">The journal has been out of reach for too long.</exception>
    /// <exception cref="JournalMismatchException">The journal can never be used by this host.</exception>
    /// <remarks>Until everything is loaded, an entry that the index does not have is read from the journal.</remarks>
    public ValueTask<VectorEntry?> GetContentAsync(string partition, string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentException.ThrowIfNullOrEmpty(id);
        ThrowIfNothingIsServed();
        var found = _entries.Current.GetContentAsync(partition, id, cancellationToken);
        return _contact.Loaded.IsCompletedSuccessfully && ((VectorStores.ILocalIndex)this).HandsOutPayloads ? found : CompleteAsync(found, new EntryKey(partition, id), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="partition"/> or <paramref name="id"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="JournalUnavailableException">The journal has been out of reach for too long.</exception>
    /// <exception cref="JournalMismatchException">The journal can never be used by this host.</exception>
    public async ValueTask<bool> SetMetadataAsync(string partition, string id, ReadOnlyMemory<byte> metadata, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentException.ThrowIfNullOrEmpty(id);
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfUnusable();
        if (_entries.SetMetadata(new EntryKey(partition, id), metadata) is not { } createdAt)
        {
            return false;
        }

        var change = JournalChange.SetMetadata(partition, id, createdAt, metadata);
        if (_options.WriteThrough)
        {
            await _writer.WriteAsync(change, _options.CallTimeout, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await _writer.PostAsync(change, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is <see langword="null"/>.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="JournalUnavailableException">The journal has been out of reach for too long.</exception>
    /// <exception cref="JournalMismatchException">The journal can never be used by this host.</exception>
    public ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ThrowIfNothingIsServed();
        var found = _entries.Current.SearchAsync(query, cancellationToken);
        return query.IncludePayload && !((VectorStores.ILocalIndex)this).HandsOutPayloads ? CompleteAsync(found, cancellationToken) : found;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="partition"/> or <paramref name="id"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="TimeoutException">The journal does not answer. This instance has removed the entry; the others will when the journal is back.</exception>
    /// <exception cref="JournalMismatchException">The journal can never be used by this host.</exception>
    public async ValueTask<bool> RemoveAsync(string partition, string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentException.ThrowIfNullOrEmpty(id);
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfUnusable();
        var wasHere = _entries.Remove(new EntryKey(partition, id));
        var receipt = await WriteRemovalAsync(JournalChange.Remove(partition, id), cancellationToken).ConfigureAwait(false);
        return wasHere || receipt.Affected > 0;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is <see langword="null"/>.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="TimeoutException">The journal does not answer. This instance has removed the entries; the others will when the journal is back.</exception>
    /// <exception cref="JournalMismatchException">The journal can never be used by this host.</exception>
    public async ValueTask<long> RemoveWhereAsync(VectorFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfUnusable();
        var here = _entries.RemoveWhere(filter, long.MaxValue);
        var receipt = await WriteRemovalAsync(JournalChange.RemoveWhere(filter), cancellationToken).ConfigureAwait(false);
        return Math.Max(here, receipt.Affected);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is <see langword="null"/>.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="JournalMismatchException">The journal can never be used by this host.</exception>
    /// <remarks>Counts what this instance has in its index.</remarks>
    public ValueTask<long> CountAsync(VectorFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ThrowIfUnusable();
        return _entries.Current.CountAsync(filter, cancellationToken);
    }

    // An older change may have come in between the sweep of this index and the removal's place in the journal. When that place has been read, it has gone; and what is written from then on is known to be newer.
    private async ValueTask<JournalReceipt> WriteRemovalAsync(JournalChange removal, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var receipt = await _writer.WriteAsync(removal, _options.CallTimeout, cancellationToken).ConfigureAwait(false);
        var rest = _options.CallTimeout - _time.GetElapsedTime(started);
        await _contact.WhenKnownAsync(receipt.Version).WaitAsync(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, _time, cancellationToken).ConfigureAwait(false);
        return receipt;
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        _contact.ThrowIfUnusable();
    }

    private void ThrowIfNothingIsServed()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        _contact.ThrowUnlessServing();
    }

    private async ValueTask<VectorEntry?> CompleteAsync(ValueTask<VectorEntry?> found, EntryKey key, CancellationToken cancellationToken)
    {
        if (await found.ConfigureAwait(false) is { } entry)
        {
            return ((VectorStores.ILocalIndex)this).HandsOutPayloads ? entry : await CompleteAsync(key, entry, cancellationToken).ConfigureAwait(false);
        }

        return _contact.Loaded.IsCompletedSuccessfully || _entries.Pending.Contains(key) ? null : await ReadAsync(key, withVector: false, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<VectorMatch>> CompleteAsync(ValueTask<IReadOnlyList<VectorMatch>> found, CancellationToken cancellationToken)
    {
        var complete = new List<VectorMatch>();
        foreach (var (entry, similarity) in await found.ConfigureAwait(false))
        {
            if (await CompleteAsync(new EntryKey(entry.Partition, entry.Id), entry, cancellationToken).ConfigureAwait(false) is { } whole)
            {
                complete.Add(new VectorMatch(whole, similarity));
            }
        }

        return complete;
    }

    // What is still on its way to the journal is complete here, but may be refused there. Everything else is what the journal says it is.
    private async ValueTask<VectorEntry?> CompleteAsync(EntryKey key, VectorEntry entry, CancellationToken cancellationToken)
    {
        if (!_options.CheckBeforeServing && _entries.Pending.TryGetEntry(key, out var pending))
        {
            return entry.WithPayload(pending.Payload);
        }

        var stored = await ReadAsync(key, withVector: false, cancellationToken).ConfigureAwait(false);
        return stored is null || stored.CreatedAt != entry.CreatedAt ? null : entry.WithPayload(stored.Payload);
    }

    private ValueTask<VectorEntry?> ReadAsync(EntryKey key, bool withVector, CancellationToken cancellationToken) => TimeLimit.RunAsync(
        static (read, token) => read.Journal.ReadAsync(read.Key.Partition, read.Key.Id, read.WithVector, token),
        (Journal: _journal, Key: key, WithVector: withVector),
        _options.CallTimeout,
        _time,
        cancellationToken);
}
