using Microsoft.Extensions.AI;
using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Flights;
using RagCaching.Embeddings.Keys;
using RagCaching.Embeddings.Storage;
using RagCaching.Internal;
using RagCaching.Money;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching.Embeddings.Generation;

/// <summary>Brings the flights that one batch has started to their end: looks them up, and generates the rest in one call.</summary>
/// <remarks>As shared work it is joined by everybody who waits for one of its flights, and stops when nobody does.</remarks>
/// <param name="context">What the runs of an embedder share.</param>
/// <param name="request">The request of the caller who started them.</param>
internal sealed class EmbeddingRun(EmbedderContext context, EmbeddingRequest request) : SharedWork(EmbeddingFlights.Owner), IReadReceiver
{
    // A client that pipelines sends reads together only if they come right after each other, so their digests are computed before. In
    // portions, so that the server works on one during the digests of the next.
    private const int ReadPortion = 32;

    // Only what the generator said about its calls; the embeddings themselves go to the flights.
    private GeneratedEmbeddings<Embedding<float>>? _report;

    /// <summary>Gets when the generator was first asked; 0 if it was not or nobody measures that. Set before the flights end.</summary>
    public long GeneratorCalledAt { get; private set; }

    /// <summary>Ends every flight, with a vector or with the failure. Never throws.</summary>
    /// <param name="gaps">The gaps of the batch; the flights of other runs among them are left to those.</param>
    public async Task ExecuteAsync(ReadOnlyMemory<EmbeddingGap> gaps)
    {
        var flights = OwnFlights(gaps.Span);
        try
        {
            await ReadAsync(flights).ConfigureAwait(false);
            var missing = Unended(flights);
            if (missing.Length > 0)
            {
                await GenerateAsync(missing).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            foreach (var flight in Unended(flights))
            {
                // First out of the way, then ended: who is told of a failure and tries again must not meet this flight.
                context.Flights.Remove(flight, request.IsRefresh);
                flight.Failed(exception);
            }
        }
    }

    /// <summary>Adds to an answer what the generator said about its calls. To be called when the flights have ended.</summary>
    public void Report(GeneratedEmbeddings<Embedding<float>> result)
    {
        if (_report is not null)
        {
            Add(_report, result);
        }
    }

    private static void Add(GeneratedEmbeddings<Embedding<float>> report, GeneratedEmbeddings<Embedding<float>> sum)
    {
        if (report.Usage is { } usage)
        {
            (sum.Usage ??= new UsageDetails()).Add(usage);
        }

        if (report.AdditionalProperties is { } properties)
        {
            foreach (var (name, value) in properties)
            {
                (sum.AdditionalProperties ??= [])[name] = value;
            }
        }
    }

    private static ReadOnlyMemory<EmbeddingFlight> OwnFlights(ReadOnlySpan<EmbeddingGap> gaps)
    {
        var flights = new EmbeddingFlight[gaps.Length];
        var count = 0;
        foreach (ref readonly var gap in gaps)
        {
            if (gap.IsStarter)
            {
                flights[count++] = gap.Flight!;
            }
        }

        return flights.AsMemory(0, count);
    }

    private static EmbeddingFlight[] Unended(ReadOnlyMemory<EmbeddingFlight> flights)
    {
        // None is the case that has to be cheap.
        List<EmbeddingFlight>? missing = null;
        foreach (var flight in flights.Span)
        {
            if (!flight.IsEnded)
            {
                (missing ??= []).Add(flight);
            }
        }

        return missing?.ToArray() ?? [];
    }

    private Task ReadAsync(ReadOnlyMemory<EmbeddingFlight> flights)
    {
        var unknown = UnknownHere(flights);
        if (unknown.Length <= ReadPortion)
        {
            return StartReads(unknown);
        }

        var reads = new List<Task>();
        for (var start = 0; start < unknown.Length; start += ReadPortion)
        {
            reads.Add(StartReads(unknown.Slice(start, Math.Min(ReadPortion, unknown.Length - start))));
        }

        return Task.WhenAll(reads);
    }

    private ReadOnlyMemory<EmbeddingFlight> UnknownHere(ReadOnlyMemory<EmbeddingFlight> flights)
    {
        var count = 0;
        foreach (var flight in flights.Span)
        {
            count += !FindInLocalTier(flight) && IsStored(flight) ? 1 : 0;
        }

        return count == flights.Length ? flights : flights.ToArray().Where(flight => !flight.IsEnded && IsStored(flight)).ToArray();
    }

    private Task StartReads(ReadOnlyMemory<EmbeddingFlight> flights)
    {
        if (flights.IsEmpty)
        {
            return Task.CompletedTask;
        }

        foreach (var flight in flights.Span)
        {
            flight.StorageKey = context.DigestOf(flight.Key.Text, request.Variant);
        }

        return context.Storage!.Reader.ReadAsync(flights, this);
    }

    void IReadReceiver.Take(EmbeddingFlight flight, CachedVector vector)
    {
        flight.KeepIn(context.Local, vector);
        EndWith(flight, vector, EmbeddingOrigin.Storage);
    }

    // Another run may have ended between the caller's look into the local tier and the start of this flight.
    private bool FindInLocalTier(EmbeddingFlight flight)
    {
        if (IsUnread(flight) || context.Local.Find(flight.Key) is not { } vector)
        {
            return false;
        }

        EndWith(flight, vector, EmbeddingOrigin.Local);
        return true;
    }

    private bool IsStored(EmbeddingFlight flight) => !IsUnread(flight) && context.Storage is not null && request.Variant.IsShareable;

    // Whether the caches are not to be asked.
    private bool IsUnread(EmbeddingFlight flight) => flight.BypassReason is not null || request.IsRefresh;

    private void EndWith(EmbeddingFlight flight, CachedVector vector, EmbeddingOrigin origin)
    {
        flight.Found(vector, origin);
        context.Flights.Remove(flight, request.IsRefresh);
    }

    private async Task GenerateAsync(EmbeddingFlight[] missing)
    {
        // Only the generator can come back to this embedder, so only its calls are marked as being inside the run.
        EnterHere();
        foreach (var batch in missing.Chunk(context.MaxBatchSize))
        {
            await GenerateBatchAsync(batch).ConfigureAwait(false);
        }
    }

    private async Task GenerateBatchAsync(EmbeddingFlight[] batch)
    {
        GeneratorCalledAt = GeneratorCalledAt == 0 ? context.LookupTimestamp() : GeneratorCalledAt;
        var embeddings = await CallAsync(batch).ConfigureAwait(false);

        // The generator may have gone on although nobody waits any more. Others may have started the same flights since.
        Token.ThrowIfCancellationRequested();
        GeneratorAnswer.Check(embeddings, batch.Length);
        Add(embeddings, _report ??= []);

        // Vectors of several lengths in one answer cannot all be of the model that was asked for, and nobody knows which are.
        var isUsable = GeneratorAnswer.HaveCommonDimensions(embeddings, out var dimensions);
        if (isUsable && dimensions > 0 && request.Variant.Learn(dimensions))
        {
            context.ReportChangedDimensions(dimensions);
        }

        for (var i = 0; i < batch.Length; i++)
        {
            Publish(batch[i], embeddings[i], isUsable);
        }
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> CallAsync(EmbeddingFlight[] batch)
    {
        GeneratedEmbeddings<Embedding<float>>? embeddings = null;
        try
        {
            return embeddings = await context.Generator.GenerateAsync(batch.Select(flight => flight.Key.Text).ToArray(), request.Options, Token).ConfigureAwait(false);
        }
        finally
        {
            // A call that failed is one, too.
            Spender.Current?.Spent(embeddings is [{ ModelId: { } modelId }, ..] ? modelId : request.Variant.ModelId, embeddings?.Usage?.InputTokenCount, outputTokens: null);
        }
    }

    private void Publish(EmbeddingFlight flight, Embedding<float> embedding, bool isUsable)
    {
        var reason = flight.BypassReason ?? (isUsable && VectorCodec.IsCacheable(embedding.Vector.Span) ? null : Reasons.Vector);
        if (reason is not null)
        {
            context.Flights.Remove(flight, request.IsRefresh);
            flight.Made(context.Clock.Stamp(embedding.Vector, request.TimeToLive, default), embedding, reason);
            return;
        }

        // A copy, since the generator's memory is not ours: it may be reused, or be one small part of a large block.
        var key = context.DigestOf(flight.Key.Text, request.Variant);
        var vector = context.Clock.Stamp(embedding.Vector.ToArray(), request.TimeToLive, key);
        flight.KeepIn(context.Local, vector);
        flight.Made(vector, embedding, bypassReason: null);
        if (context.Writes is { } writes && request.Variant.IsShareable)
        {
            writes.Add(new PendingWrite(flight, request, key, vector));
        }
        else
        {
            context.Flights.Remove(flight, request.IsRefresh);
        }
    }
}
