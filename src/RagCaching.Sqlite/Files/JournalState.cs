namespace RagCaching.Sqlite.Files;

/// <summary>What the row of the state says.</summary>
/// <param name="Incarnation">Names the content of the file.</param>
/// <param name="Version">The latest version.</param>
/// <param name="Trimmed">The version up to which events are forgotten.</param>
/// <param name="LastRemoval">The version of the latest removal.</param>
internal readonly record struct JournalState(string Incarnation, long Version, long Trimmed, long LastRemoval)
{
    public JournalPosition Position => new(Incarnation, Version);
}
