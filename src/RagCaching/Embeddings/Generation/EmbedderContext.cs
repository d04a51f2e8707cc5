using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Flights;
using RagCaching.Embeddings.Keys;
using RagCaching.Embeddings.Storage;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Faults;
using RagCaching.Internal.Limits;
using RagCaching.Protection;

namespace RagCaching.Embeddings.Generation;

/// <summary>What all calls of one embedder share.</summary>
internal sealed class EmbedderContext
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly byte[] _secret;
    private readonly RateLimit _dimensionsLogging;
    private readonly TimeProvider _time;

    public EmbedderContext(
        IEmbeddingGenerator<string, Embedding<float>> generator,
        IDistributedCache? storage,
        CachedEmbedderOptions options,
        byte[] secret,
        ProtectedPayloads? payloads,
        CacheTelemetry telemetry,
        FaultReporting reporting)
    {
        _secret = secret;
        _time = reporting.Time;
        _dimensionsLogging = new RateLimit(_time, LogInterval);
        Generator = generator;
        Telemetry = telemetry;
        Logger = reporting.Logger;
        MaxBatchSize = options.MaxBatchSize ?? int.MaxValue;
        Clock = new EntryClock(_time);
        Flights = new EmbeddingFlights(Clock);
        Local = new LocalTier(options.LocalCapacity, Clock);
        telemetry.ReportSizeOf(Local);
        if (storage is not null)
        {
            Storage = new StorageTier(storage, options, Clock, payloads, reporting);
            Writes = new WriteBehind(Storage, Flights, telemetry, options.StorageConcurrency);
        }
    }

    public IEmbeddingGenerator<string, Embedding<float>> Generator { get; }

    public EmbeddingFlights Flights { get; }

    public EntryClock Clock { get; }

    public LocalTier Local { get; }

    /// <summary>Gets the storage, if the host has one.</summary>
    public StorageTier? Storage { get; }

    /// <summary>Gets the writes on their way to the storage, if the host has one.</summary>
    public WriteBehind? Writes { get; }

    public CacheTelemetry Telemetry { get; }

    public ILogger Logger { get; }

    public int MaxBatchSize { get; }

    /// <summary>Computes the digest under which a text is stored.</summary>
    public Digest DigestOf(string text, EmbeddingVariant variant) => variant.DigestOf(text, _secret);

    /// <summary>Gets the time for the duration of a lookup, or 0 if nobody wants that.</summary>
    public long LookupTimestamp() => Telemetry.TimesLookups ? _time.GetTimestamp() : 0;

    /// <summary>Reports that the generator's vectors have another length than before.</summary>
    public void ReportChangedDimensions(int dimensions)
    {
        Telemetry.Failed(TelemetryNames.Operations.Embed, "dimensions_changed");
        if (_dimensionsLogging.TryPass())
        {
            Log.EmbeddingDimensionsChanged(Logger, dimensions);
        }
    }
}
