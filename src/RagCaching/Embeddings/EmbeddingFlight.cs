using Microsoft.Extensions.AI;
using RagCaching.Internal;

namespace RagCaching.Embeddings;

/// <summary>One text that is being looked up or generated, for all who wait for it.</summary>
/// <remarks>
/// The text belongs to the run that works on it, together with other texts of the same batch. The result is set once; the properties
/// that describe it are written before it.
/// </remarks>
/// <param name="key">What is looked for.</param>
/// <param name="work">The run, which others may join.</param>
/// <param name="bypassReason">Why the cache takes no part, or <see langword="null"/> if it does.</param>
internal sealed class EmbeddingFlight(EntryKey key, SharedWork work, string? bypassReason)
    : TaskCompletionSource<CachedVector>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private volatile bool _isForgotten;

    public EntryKey Key { get; } = key;

    public SharedWork Work { get; } = work;

    /// <summary>Gets why the result is not cached, or <see langword="null"/> if it is.</summary>
    public string? BypassReason { get; private set; } = bypassReason;

    public EmbeddingOrigin Origin { get; private set; }

    /// <summary>Gets the result, or <see langword="null"/> while there is none.</summary>
    public CachedVector? Vector { get; private set; }

    /// <summary>Gets what the generator returned, for the caller who started the flight.</summary>
    public Embedding<float>? Generated { get; private set; }

    /// <summary>Gets a value indicating whether the entry was removed after the flight had begun, so that it must not be kept.</summary>
    public bool IsForgotten => _isForgotten;

    /// <summary>Ends the flight with an embedding that was found.</summary>
    public void Found(CachedVector vector, EmbeddingOrigin origin)
    {
        Origin = origin;
        Vector = vector;
        TrySetResult(vector);
    }

    /// <summary>Ends the flight with an embedding that was generated.</summary>
    /// <param name="vector">The embedding as it is shared.</param>
    /// <param name="embedding">The embedding as the generator returned it.</param>
    /// <param name="bypassReason">Why it is not kept, if it is not.</param>
    public void Made(CachedVector vector, Embedding<float> embedding, string? bypassReason)
    {
        Origin = EmbeddingOrigin.Generated;
        Generated = embedding;
        Vector = vector;
        BypassReason = bypassReason;
        TrySetResult(vector);
    }

    /// <summary>Ends the flight without an embedding, unless it has ended already.</summary>
    public void Failed(Exception exception)
    {
        if (TrySetException(exception))
        {
            // Whoever waits gets the failure by waiting. If all have left, nobody does, and that is no reason for alarm.
            _ = Task.Exception;
        }
    }

    /// <summary>Keeps an embedding in the local tier unless the entry was removed meanwhile.</summary>
    public void KeepIn(LocalTier local, CachedVector vector)
    {
        if (_isForgotten)
        {
            return;
        }

        local.Keep(Key, vector);

        // A removal that came in between has looked into the tier too early.
        if (_isForgotten)
        {
            local.Remove(Key);
        }
    }

    /// <summary>Takes note that the entry was removed. To be called before it is removed from the tiers.</summary>
    public void Forget() => _isForgotten = true;
}
