using Microsoft.Extensions.AI;
using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Flights;
using RagCaching.Embeddings.Keys;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching.Embeddings.Generation;

/// <summary>The answer to one call while it is being put together.</summary>
internal sealed class EmbeddingBatch
{
    private readonly EmbeddingVariant _variant;
    private EmbeddingGap[] _gaps = [];
    private int _gapCount;

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

            if (BypassReasonOf(text) is null && !request.IsRefresh && local.Find(text, _variant) is { } found)
            {
                Result.Add(ToEmbedding(found));
                LocalHits++;
                continue;
            }

            AddGap(new EmbeddingGap(Result.Count, text));
            Result.Add(null!);
        }
    }

    /// <summary>Gets the answer; the elements at <see cref="Gaps"/> are not there yet.</summary>
    public GeneratedEmbeddings<Embedding<float>> Result { get; }

    /// <summary>Gets the places that are still to be filled.</summary>
    public Memory<EmbeddingGap> Gaps => _gaps.AsMemory(0, _gapCount);

    public bool IsComplete => _gapCount == 0;

    public int LocalHits { get; private set; }

    public int StorageHits { get; private set; }

    public int Joined { get; private set; }

    public int Misses { get; private set; }

    /// <summary>Gets how many texts went past the cache, by reason; <see langword="null"/> if none did.</summary>
    public Dictionary<string, int>? Bypasses { get; private set; }

    /// <summary>Tells why the cache takes no part for a text; <see langword="null"/> if it does.</summary>
    public static string? BypassReasonOf(string text) =>
        text.Length > CachedEmbedderOptions.MaxTextLength ? Reasons.TooLong
        : string.IsNullOrWhiteSpace(text) ? Reasons.Blank
        : null;

    /// <summary>Fills a gap whose flight has ended.</summary>
    /// <param name="gap">The gap.</param>
    /// <param name="vector">What the flight brought.</param>
    public void Fill(EmbeddingGap gap, CachedVector vector)
    {
        var flight = gap.Flight!;

        // The generator's own object goes to the one caller who asked it; others must not share something that can be written to.
        Result[gap.Index] = gap.IsStarter && flight.Generated is { } generated ? generated : ToEmbedding(vector);

        if (flight.BypassReason is { } reason)
        {
            Bypasses ??= [];
            Bypasses[reason] = Bypasses.GetValueOrDefault(reason) + 1;
        }
        else if (!gap.IsStarter)
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
        // A new array: the run that filled the old one may still hold it.
        _gaps = [];
        _gapCount = 0;
        for (var i = 0; i < Result.Count; i++)
        {
            // The cheap question first: the last one reads the whole vector, and nearly all batches end at the first.
            if (!_variant.Accepts(Result[i].Vector.Length) && BypassReasonOf(texts[i]) is null && VectorCodec.IsCacheable(Result[i].Vector.Span))
            {
                AddGap(new EmbeddingGap(i, texts[i]));
            }
        }

        return !IsComplete;
    }

    private void AddGap(EmbeddingGap gap)
    {
        if (_gapCount == _gaps.Length)
        {
            Array.Resize(ref _gaps, Math.Max(1, _gapCount * 2));
        }

        _gaps[_gapCount++] = gap;
    }

    private Embedding<float> ToEmbedding(CachedVector vector) =>
        new(vector.Vector) { CreatedAt = vector.CreatedAt, ModelId = _variant.ModelId };
}
