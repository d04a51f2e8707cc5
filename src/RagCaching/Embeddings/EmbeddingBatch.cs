using Microsoft.Extensions.AI;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching.Embeddings;

/// <summary>The answer to one call while it is being put together.</summary>
internal sealed class EmbeddingBatch
{
    private readonly EmbeddingVariant _variant;
    private List<EmbeddingGap>? _gaps;

    /// <summary>Looks up every text in the local tier.</summary>
    /// <exception cref="ArgumentException">A text is <see langword="null"/>.</exception>
    public EmbeddingBatch(IReadOnlyCollection<string> values, in EmbeddingRequest request, LocalTier local)
    {
        _variant = request.Variant;
        Result = new GeneratedEmbeddings<Embedding<float>>(values.Count);
        foreach (var text in values)
        {
            if (text is null)
            {
                throw new ArgumentException($"The text at index {Result.Count} is null.", nameof(values));
            }

            var reason = BypassReasonOf(text);
            if (reason is null && !request.IsRefresh && local.Find(text, _variant) is { } found)
            {
                Result.Add(ToEmbedding(found));
                LocalHits++;
                continue;
            }

            (_gaps ??= new(capacity: 1)).Add(new EmbeddingGap(Result.Count, text, reason));
            Result.Add(null!);
        }
    }

    /// <summary>Gets the answer; the elements at <see cref="Gaps"/> are not there yet.</summary>
    public GeneratedEmbeddings<Embedding<float>> Result { get; }

    /// <summary>Gets the places that are still to be filled.</summary>
    public IReadOnlyList<EmbeddingGap> Gaps => _gaps ?? [];

    public bool IsComplete => _gaps is null;

    public int LocalHits { get; private set; }

    public int StorageHits { get; private set; }

    public int Joined { get; private set; }

    public int Misses { get; private set; }

    /// <summary>Gets how many texts went past the cache, by reason; <see langword="null"/> if none did.</summary>
    public Dictionary<string, int>? Bypasses { get; private set; }

    /// <summary>Fills a gap.</summary>
    /// <param name="gap">The gap.</param>
    /// <param name="ticket">The flight, which has ended, and the caller's part in it.</param>
    /// <param name="vector">What it brought.</param>
    public void Fill(EmbeddingGap gap, FlightTicket ticket, CachedVector vector)
    {
        var flight = ticket.Flight;

        // The generator's own object goes to the one caller who asked it; others must not share something that can be written to.
        Result[gap.Index] = ticket.Starts && flight.Generated is { } generated ? generated : ToEmbedding(vector);

        if (flight.BypassReason is { } reason)
        {
            Bypasses ??= [];
            Bypasses[reason] = Bypasses.GetValueOrDefault(reason) + 1;
        }
        else if (!ticket.Starts)
        {
            Joined++;
        }
        else if (flight.Origin == EmbeddingOrigin.Local)
        {
            LocalHits++;
        }
        else if (flight.Origin == EmbeddingOrigin.Storage)
        {
            StorageHits++;
        }
        else
        {
            Misses++;
        }
    }

    /// <summary>Turns what was found of an earlier model into gaps again, once the generator has shown that its dimensions changed.</summary>
    /// <param name="texts">The texts of the call.</param>
    /// <returns>Whether there is anything of an earlier model.</returns>
    public bool ReopenOutdated(IReadOnlyList<string> texts)
    {
        _gaps = null;
        for (var i = 0; i < Result.Count; i++)
        {
            if (BypassReasonOf(texts[i]) is null && VectorCodec.IsCacheable(Result[i].Vector.Span) && !_variant.Accepts(Result[i].Vector.Length))
            {
                (_gaps ??= []).Add(new EmbeddingGap(i, texts[i], BypassReason: null));
            }
        }

        return _gaps is not null;
    }

    private static string? BypassReasonOf(string text) =>
        text.Length > CachedEmbedder.MaxTextLength ? Reasons.TooLong
        : string.IsNullOrWhiteSpace(text) ? Reasons.Blank
        : null;

    private Embedding<float> ToEmbedding(CachedVector vector) =>
        new(vector.Vector) { CreatedAt = vector.CreatedAt, ModelId = _variant.ModelId };
}
