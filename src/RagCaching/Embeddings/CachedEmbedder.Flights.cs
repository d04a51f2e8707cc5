using Microsoft.Extensions.AI;
using RagCaching.Embeddings;
using RagCaching.Internal;

namespace RagCaching;

public sealed partial class CachedEmbedder
{
    private async Task<GeneratedEmbeddings<Embedding<float>>> CompleteAsync(
        EmbeddingBatch batch, IReadOnlyCollection<string> texts, EmbeddingRequest request, long started, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // The caller may change both as soon as this method first waits.
        var options = EmbeddingControls.WithoutControls(request.Options);
        var ownTexts = texts.Count == 1 ? null : texts.ToArray();

        var decided = await FillAsync(batch, request, options, cancellationToken).ConfigureAwait(false);

        // Once is enough: what is of another length now was generated a moment ago, and no cache would do better.
        if (ownTexts is not null && batch.ReopenOutdated(ownTexts))
        {
            await FillAsync(batch, request, options, cancellationToken).ConfigureAwait(false);
        }

        Count(batch, started, decided);
        return batch.Result;
    }

    // Returns when it was known that the generator had to be asked, or that it had not.
    private async Task<long> FillAsync(
        EmbeddingBatch batch, EmbeddingRequest request, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        var work = EmbeddingFlights.BeginWork();
        var run = new EmbeddingRun(_context, request, work, options);
        var gaps = batch.Gaps;
        var flights = new (EmbeddingFlight Flight, FlightRole Role)[gaps.Count];
        var own = new List<EmbeddingFlight>(gaps.Count);
        for (var i = 0; i < flights.Length; i++)
        {
            flights[i] = Take(gaps[i], request, work);
            if (flights[i].Role == FlightRole.Starts)
            {
                own.Add(flights[i].Flight);
            }
        }

        if (own.Count > 0)
        {
            // Not awaited: it ends every flight and never throws, and this caller may leave before others do.
            _ = run.ExecuteAsync(own);
        }

        try
        {
            for (var i = 0; i < flights.Length; i++)
            {
                var vector = await flights[i].Flight.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
                batch.Fill(gaps[i], flights[i].Flight, vector, flights[i].Role);
            }
        }
        finally
        {
            Leave(flights, work);
        }

        run.Report(batch.Result);
        return run.GeneratorCalledAt ?? _context.LookupTimestamp();
    }

    private (EmbeddingFlight Flight, FlightRole Role) Take(EmbeddingGap gap, EmbeddingRequest request, SharedWork work)
    {
        var key = new EntryKey(gap.Text, request.Variant.Digest);
        if (gap.BypassReason is { } reason)
        {
            return (new EmbeddingFlight(key, work, reason), FlightRole.Starts);
        }

        var flight = _context.Flights.JoinOrStart(key, request, work, out var role);
        return (flight, role);
    }

    private static void Leave((EmbeddingFlight Flight, FlightRole Role)[] flights, SharedWork work)
    {
        foreach (var (flight, role) in flights)
        {
            if (role == FlightRole.Joins)
            {
                flight.Work.Leave();
            }
        }

        work.Leave(isStarter: true);
    }
}
