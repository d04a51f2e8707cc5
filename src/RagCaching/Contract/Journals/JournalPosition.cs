namespace RagCaching;

/// <summary>A place in a journal: everything up to it is known.</summary>
/// <param name="Incarnation">Names the journal's content from its making to its loss; a random text.</param>
/// <param name="Version">The version of the last known change; 0 before the first one.</param>
public readonly record struct JournalPosition(string Incarnation, long Version);
