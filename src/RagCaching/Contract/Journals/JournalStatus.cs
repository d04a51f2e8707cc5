namespace RagCaching;

/// <summary>How a <see cref="JournaledVectorStore"/> stands to its journal at one moment.</summary>
public sealed record JournalStatus
{
    /// <summary>Gets a value indicating whether what is stored is served: the journal was reached lately.</summary>
    public required bool IsServing { get; init; }

    /// <summary>Gets a value indicating whether everything that was in the journal at the start has been loaded, or as much as fits.</summary>
    public required bool IsLoaded { get; init; }

    /// <summary>Gets the version of the last change that this instance knows.</summary>
    public required long Version { get; init; }

    /// <summary>Gets the number of changes that wait to be written.</summary>
    public required int Waiting { get; init; }

    /// <summary>Gets the number of changes that were never written: the queue was full, or the journal refused them as they are.</summary>
    public required long Dropped { get; init; }

    /// <summary>Gets the time since the last contact with the journal.</summary>
    /// <value><see langword="null"/> before the first one.</value>
    public required TimeSpan? Staleness { get; init; }
}
