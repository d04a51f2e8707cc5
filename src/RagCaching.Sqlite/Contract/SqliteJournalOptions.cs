namespace RagCaching;

/// <summary>Settings of a <see cref="SqliteVectorJournal"/>.</summary>
public sealed class SqliteJournalOptions
{
    /// <summary>Gets or sets the path of the file.</summary>
    /// <value>Its folder must exist. The file is made when it does not exist. Beside it, SQLite keeps <c>-wal</c> and <c>-shm</c> files. Not on a network share.</value>
    public string Path { get; set; } = "";

    /// <summary>Gets or sets a value indicating whether every batch is forced to the disk before it counts as written.</summary>
    /// <value>
    /// Default <see langword="false"/> (<c>synchronous = NORMAL</c>): what was written survives the end of the process at any moment; a loss of power may take the last moments, and leaves the file
    /// whole. <see langword="true"/> (<c>synchronous = FULL</c>) survives that, too.
    /// </value>
    public bool ForceToDisk { get; set; }

    /// <summary>Gets or sets how often the file is asked whether another process has changed it: the delay with which instances see each other.</summary>
    /// <value>From 1 millisecond to 10 seconds; default 25 milliseconds. Asking takes some ten microseconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Gets or sets for how long removals are remembered, for instances that were away and for answers whose generation began before.</summary>
    /// <value>From 1 minute to 30 days; default 1 hour. An instance that was away for longer loads everything again.</value>
    public TimeSpan RemovalRetention { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how often expired entries are deleted.</summary>
    /// <value>From 1 second to 1 day; default 1 minute.</value>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how long to wait for another process that is just writing.</summary>
    /// <value>From 10 milliseconds to 1 minute; default 2 seconds. What takes longer fails, is counted and tried again.</value>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
