namespace RagCaching;

/// <summary>One change of what is stored.</summary>
/// <remarks>Immutable. The memory behind it must not be changed.</remarks>
public sealed class JournalChange
{
    private JournalChange(JournalChangeKind kind) => Kind = kind;

    /// <summary>Gets what the change does.</summary>
    public JournalChangeKind Kind { get; }

    /// <summary>Gets the partition.</summary>
    /// <value>Not empty for changes of one entry; the topic of <see cref="JournalChangeKind.Learn"/>; empty for <see cref="JournalChangeKind.RemoveWhere"/>.</value>
    public string Partition { get; private init; } = "";

    /// <summary>Gets the id of the entry within its partition.</summary>
    /// <value>Empty for <see cref="JournalChangeKind.RemoveWhere"/> and <see cref="JournalChangeKind.Learn"/>.</value>
    public string Id { get; private init; } = "";

    /// <summary>Gets the entry of an upsert.</summary>
    /// <value>
    /// <see langword="null"/> for every other kind, and for an upsert that a journal reads back to the instance that appended it and leaves out, since that instance has it.
    /// </value>
    public VectorEntry? Entry { get; private set; }

    /// <summary>Gets the new metadata, or what was learnt.</summary>
    public ReadOnlyMemory<byte> Content { get; private init; }

    /// <summary>Gets the filter of <see cref="JournalChangeKind.RemoveWhere"/>.</summary>
    /// <value><see langword="null"/> for every other kind.</value>
    public VectorFilter? Filter { get; private init; }

    /// <summary>Gets the version that the writer of an upsert knew when it began: removals with greater versions that cover the entry refuse it.</summary>
    public long BasedOn { get; private init; }

    /// <summary>Gets the incarnation of the journal that the writer of an upsert knew when it began: another one refuses it, since a removal may have been lost with the content.</summary>
    /// <value><see langword="null"/> for a writer that knew none yet, and for every other kind.</value>
    public string? BasedOnIncarnation { get; private init; }

    /// <summary>Gets when the entry whose metadata is replaced was created.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Makes a change that adds or replaces an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="basedOn">The version that the writer knew when it began.</param>
    /// <returns>The change.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="entry"/> is <see langword="null"/>.</exception>
    public static JournalChange Upsert(VectorEntry entry, long basedOn)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new JournalChange(JournalChangeKind.Upsert) { Partition = entry.Partition, Id = entry.Id, Entry = entry, BasedOn = basedOn };
    }

    /// <summary>Makes a change that adds or replaces an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="basedOn">The position that the writer knew when it began; the default value for none.</param>
    /// <returns>The change.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="entry"/> is <see langword="null"/>.</exception>
    public static JournalChange Upsert(VectorEntry entry, JournalPosition basedOn)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new JournalChange(JournalChangeKind.Upsert) { Partition = entry.Partition, Id = entry.Id, Entry = entry, BasedOn = basedOn.Version, BasedOnIncarnation = basedOn.Incarnation };
    }

    /// <summary>Makes the same upsert of an entry that says the same in other bytes.</summary>
    internal JournalChange WithEntry(VectorEntry entry)
    {
        var change = (JournalChange)MemberwiseClone();
        change.Entry = entry;
        return change;
    }

    /// <summary>Makes the change that a journal reads back for an upsert whose entry the reader has already.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="id">The id within the partition.</param>
    /// <returns>The change, without the entry.</returns>
    /// <exception cref="ArgumentException">An argument is <see langword="null"/> or empty.</exception>
    public static JournalChange OwnUpsert(string partition, string id)
    {
        ThrowIfNoKey(partition, id);
        return new JournalChange(JournalChangeKind.Upsert) { Partition = partition, Id = id };
    }

    /// <summary>Makes a change that replaces the metadata of an entry.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="id">The id within the partition.</param>
    /// <param name="createdAt">When the entry was created; another one under the same id keeps its own metadata.</param>
    /// <param name="metadata">The new metadata.</param>
    /// <returns>The change.</returns>
    /// <exception cref="ArgumentException"><paramref name="partition"/> or <paramref name="id"/> is <see langword="null"/> or empty.</exception>
    public static JournalChange SetMetadata(string partition, string id, DateTimeOffset createdAt, ReadOnlyMemory<byte> metadata)
    {
        ThrowIfNoKey(partition, id);
        return new JournalChange(JournalChangeKind.SetMetadata) { Partition = partition, Id = id, CreatedAt = createdAt, Content = metadata };
    }

    /// <summary>Makes a change that removes one entry.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="id">The id within the partition.</param>
    /// <returns>The change.</returns>
    /// <exception cref="ArgumentException">An argument is <see langword="null"/> or empty.</exception>
    public static JournalChange Remove(string partition, string id)
    {
        ThrowIfNoKey(partition, id);
        return new JournalChange(JournalChangeKind.Remove) { Partition = partition, Id = id };
    }

    /// <summary>Makes a change that removes all entries that a filter selects.</summary>
    /// <param name="filter">The filter.</param>
    /// <returns>The change.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is <see langword="null"/>.</exception>
    public static JournalChange RemoveWhere(VectorFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new JournalChange(JournalChangeKind.RemoveWhere) { Filter = filter };
    }

    /// <summary>Makes a change that tells other instances what was learnt.</summary>
    /// <param name="topic">What it is about, a digest.</param>
    /// <param name="content">What was learnt.</param>
    /// <returns>The change.</returns>
    /// <exception cref="ArgumentException"><paramref name="topic"/> is <see langword="null"/> or empty.</exception>
    public static JournalChange Learn(string topic, ReadOnlyMemory<byte> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        return new JournalChange(JournalChangeKind.Learn) { Partition = topic, Content = content };
    }

    /// <summary>Tells whether a removal covers an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>Whether the change is a removal that would remove the entry.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="entry"/> is <see langword="null"/>.</exception>
    public bool Covers(VectorEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Kind switch
        {
            JournalChangeKind.Remove => Partition == entry.Partition && Id == entry.Id,
            JournalChangeKind.RemoveWhere => (Filter!.Partition is null || Filter.Partition == entry.Partition)
                && (Filter.CreatedBefore is null || entry.CreatedAt < Filter.CreatedBefore)
                && Filter.Labels.All(entry.Labels.Contains),
            _ => false,
        };
    }

    private static void ThrowIfNoKey(string partition, string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentException.ThrowIfNullOrEmpty(id);
    }
}
