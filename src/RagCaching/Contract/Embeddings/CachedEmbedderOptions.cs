using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>Settings of a <see cref="CachedEmbedder"/>. They are read once, when it is created.</summary>
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

    /// <summary>Gets or sets how long an embedding is kept. The time runs from its generation; use does not prolong it.</summary>
    /// <value>
    /// More than zero, at most 3,650 days; default 24 hours. Each entry lives up to 10 % longer or shorter, so that entries written
    /// together do not expire together.
    /// </value>
    public TimeSpan TimeToLive { get; set; } = DefaultTimeToLive;

    /// <summary>Gets or sets the name of the model, for a generator that reports no name or a wrong one.</summary>
    /// <value>
    /// Not blank, at most 256 characters; default <see langword="null"/>, which means the model of the request, or else the model in the
    /// generator's metadata. Without any name, embeddings stay in the local tier.
    /// </value>
    [StringLength(256)]
    public string? ModelId { get; set; }

    /// <summary>Gets or sets the precision at which vectors are written to the storage.</summary>
    /// <value>Default <see cref="EmbeddingPrecision.Full"/>.</value>
    [EnumDataType(typeof(EmbeddingPrecision))]
    public EmbeddingPrecision Precision { get; set; }

    /// <summary>Gets or sets the number of embeddings that are kept in memory, in front of the storage.</summary>
    /// <value>0 for none, otherwise at least 3; default 4,096. The embeddings used most often and most recently are kept.</value>
    [Range(0, int.MaxValue)]
    public int LocalCapacity { get; set; } = DefaultLocalCapacity;

    /// <summary>Gets or sets the prefix of the keys in the storage.</summary>
    /// <value>At most 64 characters; default <c>ragcaching:e:</c>. The rest of a key is a digest of 43 characters.</value>
    [Required(AllowEmptyStrings = true)]
    [StringLength(MaxKeyPrefixLength)]
    public string KeyPrefix { get; set; } = DefaultKeyPrefix;

    /// <summary>Gets or sets the largest number of texts that the generator gets in one call.</summary>
    /// <value>At least 1; default <see langword="null"/>: one call with all missing texts.</value>
    [Range(1, int.MaxValue)]
    public int? MaxBatchSize { get; set; }

    /// <summary>Gets or sets the time limit of one read from the storage, after which the read counts as a miss.</summary>
    /// <value>More than zero, at most one minute; default 250 ms. The time that a read waits for its turn does not count.</value>
    public TimeSpan StorageReadTimeout { get; set; } = DefaultStorageReadTimeout;

    /// <summary>Gets or sets the time limit of one write to the storage, after which the write is abandoned. No caller waits for writes.</summary>
    /// <value>More than zero, at most one minute; default one second.</value>
    public TimeSpan StorageWriteTimeout { get; set; } = DefaultStorageWriteTimeout;

    /// <summary>Gets or sets the largest number of concurrent reads, and of concurrent writes, in the storage.</summary>
    /// <value>1 to 1,024; default 100, the size of a typical connection pool. Redis needs no limit, and a higher one speeds up large batches.</value>
    [Range(1, 1024)]
    public int StorageConcurrency { get; set; } = DefaultStorageConcurrency;
}
