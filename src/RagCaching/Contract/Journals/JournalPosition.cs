namespace RagCaching;

/// <summary>A place in a journal: everything up to it is known.</summary>
/// <param name="Incarnation">Names the journal's content from its making to its loss; a random text.</param>
/// <param name="Version">The version of the last known change; 0 before the first one.</param>
public readonly record struct JournalPosition(string Incarnation, long Version)
{
    /// <summary>Tells whether the writer of a change knew the content of the journal that this is a position of, or none. For engines: what knew another one is refused.</summary>
    /// <param name="change">The change.</param>
    /// <returns>Whether <see cref="JournalChange.BasedOnIncarnation"/> is this one or <see langword="null"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="change"/> is <see langword="null"/>.</exception>
    public bool IsKnownTo(JournalChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.BasedOnIncarnation is null || change.BasedOnIncarnation == Incarnation;
    }
}
