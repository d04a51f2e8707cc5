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
        var ownTexts = texts.Count == 1 ? null : texts.ToArray();
        request = request with { Options = EmbeddingControls.WithoutControls(request.Options) };

        var decided = await FillAsync(batch, request, cancellationToken).ConfigureAwait(false);

        // Once is enough: what is of another length now was generated a moment ago, and no cache would do better.
        if (ownTexts is not null && batch.ReopenOutdated(ownTexts))
        {
            await FillAsync(batch, request, cancellationToken).ConfigureAwait(false);
        }

        Count(batch, started, decided);
        return batch.Result;
    }

    // Returns when it was known that the generator had to be asked, or that it had not.
    private async ValueTask<long> FillAsync(EmbeddingBatch batch, EmbeddingRequest request, CancellationToken cancellationToken)
    {
        var work = EmbeddingFlights.BeginWork();
        var run = new EmbeddingRun(_context, request, work);
        var gaps = batch.Gaps;
        var tickets = new FlightTicket[gaps.Count];
        var starts = false;
        for (var i = 0; i < tickets.Length; i++)
        {
            tickets[i] = Take(gaps[i], request, work);
            starts |= tickets[i].Starts;
        }

        if (starts)
        {
            // Not awaited: it ends every flight and never throws, and this caller may leave before others do.
            _ = run.ExecuteAsync(tickets);
        }

        try
        {
            for (var i = 0; i < tickets.Length; i++)
            {
                var vector = await tickets[i].Flight.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
                batch.Fill(gaps[i], tickets[i], vector);
            }
        }
        finally
        {
            Leave(tickets, work);
        }

        run.Report(batch.Result);
        return run.GeneratorCalledAt ?? _context.LookupTimestamp();
    }

    private FlightTicket Take(EmbeddingGap gap, in EmbeddingRequest request, SharedWork work)
    {
        var key = new EntryKey(gap.Text, request.Variant);
        if (gap.BypassReason is { } reason)
        {
            return new FlightTicket(new EmbeddingFlight(key, work, reason), FlightRole.Starts);
        }

        var flight = _context.Flights.JoinOrStart(key, request, work, out var role);
        return new FlightTicket(flight, role);
    }

    private static void Leave(FlightTicket[] tickets, SharedWork work)
    {
        foreach (var (flight, role) in tickets)
        {
            if (role == FlightRole.Joins)
            {
                flight.Work.Leave();
            }
        }

        work.Leave(isStarter: true);
    }
}
