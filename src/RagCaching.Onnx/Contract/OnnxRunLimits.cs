namespace RagCaching;

/// <summary>How many threads and how much memory an <see cref="OnnxEmbeddingGenerator"/> may use.</summary>
public sealed class OnnxRunLimits
{
    /// <summary>The most texts that run together by default.</summary>
    public const int DefaultBatchSize = 32;

    /// <summary>Gets or sets how many runs of the model may happen at the same time, those of all callers together. Others wait their turn.</summary>
    /// <value>From 1 to 1,024. The default is half of the processors, and at least 2, so that a long batch never keeps a question waiting for its end.</value>
    public int MaxConcurrency { get; set; } = Math.Max(2, Environment.ProcessorCount / 2);

    /// <summary>Gets or sets how many threads one run uses. They never spin while they wait.</summary>
    /// <value>From 1 to 1,024. The default is 1, which is the caller's own thread: a server has enough callers, and two threads finish a single question in two thirds of the time.</value>
    public int ThreadsPerRun { get; set; } = 1;

    /// <summary>Gets or sets how many texts run together at most. Long texts run in smaller batches.</summary>
    /// <value>From 1 to 1,024. The default is 32.</value>
    public int BatchSize { get; set; } = DefaultBatchSize;
}
