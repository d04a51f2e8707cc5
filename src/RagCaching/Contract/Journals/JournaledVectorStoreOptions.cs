using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>Settings of a <see cref="JournaledVectorStore"/>.</summary>
public sealed class JournaledVectorStoreOptions
{
    /// <summary>Gets or sets how many changes may wait to be written.</summary>
    /// <value>From 1 to 1,000,000; default 10,000. A waiting change holds its vector and its answer.</value>
    [Range(1, 1_000_000)]
    public int QueueCapacity { get; set; } = 10_000;

    /// <summary>Gets or sets what happens to an upsert or a report while the queue is full.</summary>
    /// <value>Default <see cref="JournalFullBehavior.Drop"/>. Removals always wait.</value>
    public JournalFullBehavior WhenQueueIsFull { get; set; }

    /// <summary>Gets or sets a value indicating whether an upsert completes only when it is written.</summary>
    /// <value>Default <see langword="false"/>: it completes when this instance has it, and is written soon after. Callers of the cache never wait for it; their answers are stored after they have them.</value>
    public bool WriteThrough { get; set; }

    /// <summary>Gets or sets for how long after the last contact with the journal stored answers are still served.</summary>
    /// <value>From 100 milliseconds to 1 day; default 30 seconds. After that nothing is served until the journal is back, since a removal could have been missed.</value>
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets a value indicating whether the journal is asked on each hit whether the entry still is there.</summary>
    /// <value>Default <see langword="false"/>. A hit then costs one read of the journal, and is a miss while the journal is out of reach. An answer is served from when the journal has it, also by the instance that wrote it.</value>
    public bool CheckBeforeServing { get; set; }

    /// <summary>Gets or sets a value indicating whether answers are kept in memory, and not only vectors and metadata.</summary>
    /// <value>Default <see langword="true"/>. If not, a hit costs one read of the journal.</value>
    public bool KeepPayloads { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether the start of the host fails when the journal cannot be reached.</summary>
    /// <value>Default <see langword="false"/>: the host starts, the cache misses until the journal is there. What can never be used (<see cref="JournalMismatchException"/>) always fails the start.</value>
    public bool RequireAtStart { get; set; }

    /// <summary>Gets or sets a value indicating whether one instance generates an answer while the others wait for it.</summary>
    /// <value>
    /// Default <see langword="null"/>: where the journal offers leases (<see cref="IJournalLeases"/>), except for SQLite registered by <c>UseSqliteJournal</c>. It costs a new question two calls of the journal. Nobody waits longer than
    /// <see cref="SemanticCacheLimits.JoinTimeout"/>.
    /// </value>
    public bool? ShareGeneration { get; set; }

    /// <summary>Gets or sets how long the others wait for an instance that does not come back.</summary>
    /// <value>From 100 milliseconds to 1 hour; default 15 seconds. Longer than most answers take to be generated; an answer that takes longer is generated twice.</value>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets how long one call of the journal may take.</summary>
    /// <value>From 50 milliseconds to 5 minutes; default 5 seconds. Reads on behalf of a caller are also bounded by the cache's own limit.</value>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long disposal waits for waiting changes to be written.</summary>
    /// <value>From 0 to 5 minutes; default 5 seconds. What is not written by then is counted as dropped.</value>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal JournaledVectorStoreOptions Copy() => (JournaledVectorStoreOptions)MemberwiseClone();
}
