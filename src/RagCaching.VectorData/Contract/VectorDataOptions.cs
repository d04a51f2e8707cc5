namespace RagCaching;

/// <summary>Settings of a <see cref="VectorDataStore"/>.</summary>
public sealed class VectorDataOptions
{
    /// <summary>Gets or sets the name with which the names of the collections begin.</summary>
    /// <value>
    /// 1 to 24 letters, digits, '-' and '_', beginning with a letter; default "ragcaching". Entries with vectors of <c>d</c> dimensions are in the collection of this name followed by <c>d</c> and the
    /// number: "ragcachingd384". Each cache that uses the same vector store needs a name of its own, whatever its case.
    /// </value>
    public string CollectionName { get; set; } = "ragcaching";

    /// <summary>Gets or sets the number of dimensions of the vectors.</summary>
    /// <value>
    /// From 1 to 65,536; default <see langword="null"/>: what the embedding generator says of itself, else that of the first vector. It decides which collection is opened when the host starts, and where
    /// entries without a vector are. Vectors of other dimensions are in collections of their own.
    /// </value>
    public int? Dimensions { get; set; }

    /// <summary>Gets or sets a value indicating whether each partition has a collection of its own.</summary>
    /// <value>
    /// Default <see langword="false"/>: all partitions share one, and a filter tells them apart. <see langword="true"/> is for stores whose approximate index filters after the search and so finds
    /// nothing in small partitions. There is a partition for each scope and model; collections that become empty stay.
    /// </value>
    public bool CollectionPerPartition { get; set; }

    /// <summary>Gets or sets a value indicating whether missing collections are made.</summary>
    /// <value>Default <see langword="true"/>. If <see langword="false"/>, a missing collection is an error that names it and its fields.</value>
    public bool CreateCollections { get; set; } = true;

    /// <summary>Gets or sets how many candidates are asked for, as a multiple of the wanted matches.</summary>
    /// <value>From 1 to 100; default 4. The store proposes, and the library computes the similarities: what the store ranked a little too low is still found.</value>
    public int CandidateFactor { get; set; } = 4;

    /// <summary>Gets or sets how often expired entries are deleted.</summary>
    /// <value>From 1 second to 1 day; default 5 minutes. Expired entries are never returned, deleted or not.</value>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the form of the records, which depends on what the database can store.</summary>
    /// <value>By default what pgvector, SQLite and the in-memory connector take. See docs/vector-databases.md for others.</value>
    public VectorDataSchema Schema { get; set; } = new();

    /// <summary>Copies all settings, so that what is done with them later changes nothing.</summary>
    internal VectorDataOptions Copy() => new()
    {
        CollectionName = CollectionName,
        Dimensions = Dimensions,
        CollectionPerPartition = CollectionPerPartition,
        CreateCollections = CreateCollections,
        CandidateFactor = CandidateFactor,
        SweepInterval = SweepInterval,
        Schema = Schema?.Copy()!,
    };
}
