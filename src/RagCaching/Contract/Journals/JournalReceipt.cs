namespace RagCaching;

/// <summary>What became of a change that was appended.</summary>
/// <param name="Version">Its place in the order of all changes. For a refused change, the version of the latest change that the journal knew.</param>
/// <param name="IsRefused">Whether an upsert was refused because a removal covers it that it does not know.</param>
/// <param name="Affected">How many valid entries the change removed or changed.</param>
public readonly record struct JournalReceipt(long Version, bool IsRefused, long Affected);
