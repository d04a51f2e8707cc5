using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagCaching.Contract.Embeddings;
using RagCaching.Diagnostics;
using RagCaching.Embeddings.Generation;
using RagCaching.Embeddings.Keys;
using RagCaching.Embeddings.Storage;
using RagCaching.Internal;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Faults;
using RagCaching.Internal.Limits;
using RagCaching.Money;
using RagCaching.Protection;

namespace RagCaching;

/// <summary>An embedding generator that caches the embeddings of another one, and calls it only for texts that are not cached.</summary>
/// <remarks>
/// <para>
/// Embeddings are kept in memory and, if there is one, in an <see cref="IDistributedCache"/>, under a digest of the text, the model and
/// every option that changes the result. If several callers request a text at the same time, it is embedded once. The misses of a batch
/// go to the generator in one call.
/// </para>
/// <para>
/// A storage that is slow, down or full of garbage costs a miss and never an error. The following pass through uncached: blank texts,
/// texts of more than 32,768 characters, vectors that are not finite or have zero norm, and requests whose options cannot be part
/// of a key.
/// </para>
/// <para>
/// Embeddings reach the storage after the caller has its answer. <see cref="DisposeAsync"/> waits for those writes;
/// <see cref="IDisposable.Dispose"/> lets them continue without waiting. The inner generator is disposed with the embedder; the storage is not.
/// Thread-safe.
/// </para>
/// </remarks>
public sealed partial class CachedEmbedder : DelegatingEmbeddingGenerator<string, Embedding<float>>, ICachedEmbedder, IAsyncDisposable
{
    private const string DefaultName = "default";

    // By its name: the package that has the type is needed for nothing else.
    private const string MemoryStorage = "Microsoft.Extensions.Caching.Distributed.MemoryDistributedCache";

    private readonly EmbedderContext _context;
    private readonly EmbeddingIdentity _identity;
    private readonly EmbeddingGeneratorMetadata? _metadata;
    private readonly CacheTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly SharedTimeLimits _limits;
    private readonly TimeSpan _timeToLive;
    private bool _disposed;
    private bool _warnedOfOptions;
    private bool _warnedOfModel;

    /// <summary>Creates a cache in front of a generator.</summary>
    /// <param name="inner">The generator. It is disposed with this object.</param>
    /// <param name="storage">The storage where embeddings are shared and survive a restart, or <see langword="null"/> to keep them in memory only.</param>
    /// <param name="options">The settings, or <see langword="null"/> for the defaults. Later changes to them have no effect.</param>
    /// <param name="services">
    /// Provides the optional services <see cref="TimeProvider"/>, <see cref="ILoggerFactory"/>,
    /// <see cref="System.Diagnostics.Metrics.IMeterFactory"/>, <see cref="RagCachingKeyOptions"/> and an <see cref="IPayloadProtector"/> for what goes to the storage.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="inner"/> is <see langword="null"/>.</exception>
    /// <exception cref="OptionsValidationException">A setting is out of its range; the message names it.</exception>
    public CachedEmbedder(
        IEmbeddingGenerator<string, Embedding<float>> inner,
        IDistributedCache? storage = null,
        CachedEmbedderOptions? options = null,
        IServiceProvider? services = null)
        : this(inner, storage, options, DefaultName, services)
    {
    }

    /// <summary>Puts a cache that counts under a name in front of a generator.</summary>
    internal CachedEmbedder(
        IEmbeddingGenerator<string, Embedding<float>> inner, IDistributedCache? storage, CachedEmbedderOptions? options, string name, IServiceProvider? services)
        : base(inner)
    {
        var settings = (options ?? new CachedEmbedderOptions()).Checked(new CachedEmbedderOptionsValidator(), new CachedEmbedderOptionsRules());
        var secret = KeySecret.From(services);
        var logger = QuietLogger.From<CachedEmbedder>(services);
        var metadata = inner.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;

        _time = services?.GetService<TimeProvider>() ?? TimeProvider.System;
        _timeToLive = settings.TimeToLive;
        _telemetry = new CacheTelemetry(TelemetryNames.Kinds.Embedding, name, services);
        _identity = new EmbeddingIdentity(metadata, settings.ModelId, secret);
        var reporting = new FaultReporting(_time, _telemetry, logger);
        _limits = reporting.Limits;
        _context = new EmbedderContext(inner, storage, settings, secret, ProtectedPayloads.From(services, reporting), _telemetry, reporting);
        if (storage?.GetType().FullName == MemoryStorage)
        {
            Log.StorageInThisProcess(logger);
        }

        _metadata = settings.ModelId is null
            ? metadata
            : new EmbeddingGeneratorMetadata(metadata?.ProviderName, metadata?.ProviderUri, settings.ModelId, metadata?.DefaultModelDimensions);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The result has one embedding for each text, in order. Its usage and additional properties are those of the generator call that this
    /// request caused, if any. Embeddings from the cache, or from a call for another caller, report none.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A text is <see langword="null"/>, or an option meant for the cache has a value it does not know.</exception>
    /// <exception cref="InvalidOperationException">The generator did not return one embedding for each text.</exception>
    /// <exception cref="ObjectDisposedException">The embedder was disposed.</exception>
    public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        ObjectDisposedException.ThrowIf(_disposed, this);

        var started = _context.LookupTimestamp();
        var texts = values as IReadOnlyCollection<string> ?? [.. values];
        if (ReadRequest(options, texts.Count) is not { } request)
        {
            return base.GenerateAsync(texts, EmbeddingControls.WithoutControls(options), cancellationToken);
        }

        var batch = new EmbeddingBatch(texts, request, _context.Local);
        if (batch.IsComplete)
        {
            if (batch.LocalHits > 0)
            {
                CountLocalHits(batch.LocalHits, started);
            }

            return Task.FromResult(batch.Result);
        }

        return CompleteAsync(batch, texts, request, started, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public ValueTask<ReadOnlyMemory<float>> GenerateVectorAsync(
        string text, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ObjectDisposedException.ThrowIf(_disposed, this);

        // Only what a hit needs is done here; everything else is a batch of one.
        var started = _context.LookupTimestamp();
        if (options is not null || _context.Local.Find(text, _identity.Default) is not { } found)
        {
            return GenerateOneAsync(text, options, cancellationToken);
        }

        CountLocalHits(1, started);
        return new ValueTask<ReadOnlyMemory<float>>(found.Vector);
    }

    /// <summary>Gets the embedding of one text for a cache, which is told what a call of the generator took.</summary>
    internal ValueTask<ReadOnlyMemory<float>> GenerateVectorAsync(string text, CacheLedger ledger, string scopeLabel, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);

        var started = _context.LookupTimestamp();
        if (_context.Local.Find(text, _identity.Default) is not { } found)
        {
            return SpendOnOneAsync(text, new Spender(ledger, scopeLabel, SpendingPurpose.Embedding), cancellationToken);
        }

        CountLocalHits(1, started);
        return new ValueTask<ReadOnlyMemory<float>>(found.Vector);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public ValueTask RemoveAsync(string text, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ObjectDisposedException.ThrowIf(_disposed, this);

        // What cannot be a part of a key was never kept.
        if (_identity.VariantOf(options) is not { } variant)
        {
            return ValueTask.CompletedTask;
        }

        var key = new EntryKey(text, variant);
        ForgetHere(key);
        return _context.Storage is { } storage && variant.IsShareable
            ? RemoveFromStorageAsync(storage, key, _context.DigestOf(text, variant), cancellationToken)
            : ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>The <see cref="EmbeddingGeneratorMetadata"/> are those of the inner generator. If <see cref="CachedEmbedderOptions.ModelId"/> is set, it replaces the model.</remarks>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);

        return serviceKey is null && serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : base.GetService(serviceType, serviceKey);
    }

    private async ValueTask<ReadOnlyMemory<float>> SpendOnOneAsync(string text, Spender spender, CancellationToken cancellationToken)
    {
        Spender.Current = spender;
        return await GenerateOneAsync(text, options: null, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask RemoveFromStorageAsync(StorageTier storage, EntryKey key, Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            await storage.RemoveAsync(digest, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A read that reached the storage before the removal may have kept what it found there.
            ForgetHere(key);
        }
    }

    private void ForgetHere(EntryKey key)
    {
        _context.Flights.Forget(key);
        _context.Local.Remove(key);
    }

    private async ValueTask<ReadOnlyMemory<float>> GenerateOneAsync(string text, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        var embeddings = await GenerateAsync([text], options, cancellationToken).ConfigureAwait(false);
        return embeddings[0].Vector;
    }

    // Null means: past the cache. The reason has then been counted.
    private EmbeddingRequest? ReadRequest(EmbeddingGenerationOptions? options, int count)
    {
        var mode = EmbeddingControls.ModeOf(options);
        var timeToLive = EmbeddingControls.TimeToLiveOf(options) ?? _timeToLive;
        if (mode == EmbeddingCacheMode.Bypass)
        {
            _telemetry.Requested(TelemetryNames.Results.Bypass, TelemetryNames.Reasons.Requested, count);
            return null;
        }

        if (_identity.VariantOf(options) is not { } variant)
        {
            _telemetry.Requested(TelemetryNames.Results.Bypass, TelemetryNames.Reasons.Options, count);
            if (!Interlocked.Exchange(ref _warnedOfOptions, true))
            {
                Log.UncacheableEmbeddingOptions(_context.Logger);
            }

            return null;
        }

        if (!variant.IsShareable && _context.Storage is not null && !Interlocked.Exchange(ref _warnedOfModel, true))
        {
            Log.UnknownEmbeddingModel(_context.Logger);
        }

        return new EmbeddingRequest(variant, mode == EmbeddingCacheMode.Refresh, timeToLive, options);
    }
}
