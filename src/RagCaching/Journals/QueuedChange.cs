namespace RagCaching.Journals;

/// <summary>A change on its way into the journal.</summary>
/// <param name="Change">The change; <see langword="null"/> for a mark that tells when everything before it has been written.</param>
/// <param name="Done">Is told what became of it; <see langword="null"/> where nobody waits.</param>
internal readonly record struct QueuedChange(JournalChange? Change, TaskCompletionSource<JournalReceipt>? Done)
{
    /// <summary>Gets the entry whose local copy is ahead of the journal until the change is seen there.</summary>
    public EntryKey? Key => Change is { Kind: JournalChangeKind.Upsert or JournalChangeKind.Remove } change ? new EntryKey(change.Partition, change.Id) : null;
}
