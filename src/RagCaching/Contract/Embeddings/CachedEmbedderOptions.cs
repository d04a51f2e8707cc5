using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>Settings of a <see cref="CachedEmbedder"/>, read once when it is created.</summary>
public sealed class CachedEmbedderOptions
{
    /// <summary>Longer texts pass by the cache.</summary>
    internal const int MaxTextLength = 32_768;

    internal const int DefaultLocalCapacity = 4096;
    internal const int DefaultStorageConcurrency = 100;
    internal const int MinimumLocalCapacity = 3;
    internal const int MaxKeyPrefixLength = 64;
    internal const string DefaultKeyPrefix = "ragcaching:e:";

    internal static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromHours(24);
    internal static readonly TimeSpan MaxTimeToLive = TimeSpan.FromDays(3650);
    internal static readonly TimeSpan DefaultStorageReadTimeout = TimeSpan.FromMilliseconds(250);
    internal static readonly TimeSpan DefaultStorageWriteTimeout = TimeSpan.FromSeconds(1);
    internal static readonly TimeSpan MaxStorageTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how long an embedding is kept, counted from its generation and never prolonged by use.</summary>
    /// <value>
    /// More than zero, at most 3,650 days; default 24 hours. Each entry lives up to 10 % longer or shorter, so that what was written
    /// together does not expire together.
    /// </value>
    public TimeSpan TimeToLive { get; set; } = DefaultTimeToLive;

    /// <summary>Gets or sets the name of the model, where the generator does not tell it or tells it wrongly.</summary>
    /// <value>
    /// Not blank, at most 256 characters; default <see langword="null"/>, which means the model of the request, else that of the
    /// generator's metadata. With no name at all, embeddings stay in the local tier.
    /// </value>
    [StringLength(256)]
    public string? ModelId { get; set; }

    /// <summary>Gets or sets how exactly vectors are written to the storage.</summary>
    /// <value>Default <see cref="EmbeddingPrecision.Full"/>.</value>
    [EnumDataType(typeof(EmbeddingPrecision))]
    public EmbeddingPrecision Precision { get; set; }

    /// <summary>Gets or sets how many embeddings are kept in memory, in front of the storage.</summary>
    /// <value>0 for none, else at least 3; default 4,096. Those used most often and most recently stay.</value>
    [Range(0, int.MaxValue)]
    public int LocalCapacity { get; set; } = DefaultLocalCapacity;

    /// <summary>Gets or sets what the keys in the storage start with.</summary>
    /// <value>At most 64 characters; default <c>ragcaching:e:</c>. The rest of a key is a digest of 43 characters.</value>
    [Required(AllowEmptyStrings = true)]
    [StringLength(MaxKeyPrefixLength)]
    public string KeyPrefix { get; set; } = DefaultKeyPrefix;

    /// <summary>Gets or sets how many texts the generator is given in one call.</summary>
    /// <value>At least 1; default <see langword="null"/>: all that are missing, in one call.</value>
    [Range(1, int.MaxValue)]
    public int? MaxBatchSize { get; set; }

    /// <summary>Gets or sets how long one read from the storage may take before it counts as a miss.</summary>
    /// <value>More than zero, at most one minute; default 250 ms. Reads that wait for their turn are not yet counted.</value>
    public TimeSpan StorageReadTimeout { get; set; } = DefaultStorageReadTimeout;

    /// <summary>Gets or sets how long one write to the storage may take before it is given up; no caller waits for writes.</summary>
    /// <value>More than zero, at most one minute; default one second.</value>
    public TimeSpan StorageWriteTimeout { get; set; } = DefaultStorageWriteTimeout;

    /// <summary>Gets or sets how many reads, and how many writes, are under way in the storage at a time.</summary>
    /// <value>1 to 1,024; default 100, the size of a usual connection pool. Redis needs no limit; a higher one speeds up large batches.</value>
    [Range(1, 1024)]
    public int StorageConcurrency { get; set; } = DefaultStorageConcurrency;
}
