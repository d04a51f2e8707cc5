using Microsoft.Extensions.AI;
using RagCaching.Embeddings.Flights;
using RagCaching.Embeddings.Generation;
using RagCaching.Embeddings.Keys;

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
        var run = new EmbeddingRun(_context, request);
        var gaps = batch.Gaps;
        var ownFlights = TakeFlights(gaps.Span, request, run) ? run.ExecuteAsync(gaps) : Task.CompletedTask;

        try
        {
            // One wait for all flights of the run, which ends each of them and never throws. This caller may leave before others do.
            await ownFlights.WaitAsync(cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < gaps.Length; i++)
            {
                var vector = await gaps.Span[i].Flight!.WaitAsync(cancellationToken).ConfigureAwait(false);
                batch.Fill(gaps.Span[i], vector);
            }
        }
        finally
        {
            Leave(gaps.Span, run);
        }

        run.Report(batch.Result);
        return run.GeneratorCalledAt == 0 ? _context.LookupTimestamp() : run.GeneratorCalledAt;
    }

    // Returns whether the run has anything to do.
    private bool TakeFlights(Span<EmbeddingGap> gaps, in EmbeddingRequest request, EmbeddingRun run)
    {
        var starts = false;
        foreach (ref var gap in gaps)
        {
            var key = new EntryKey(gap.Text, request.Variant);
            var role = FlightRole.Starts;
            gap.Flight = EmbeddingBatch.BypassReasonOf(gap.Text) is { } reason
                ? new EmbeddingFlight(key, run, reason)
                : _context.Flights.JoinOrStart(key, request, run, out role);
            gap.Role = role;
            starts |= gap.IsStarter;
        }

        return starts;
    }

    private static void Leave(ReadOnlySpan<EmbeddingGap> gaps, EmbeddingRun run)
    {
        foreach (ref readonly var gap in gaps)
        {
            if (gap.Role == FlightRole.Joins)
            {
                gap.Flight!.Work.Leave();
            }
        }

        run.Leave(isStarter: true);
    }
}
