using Microsoft.Extensions.AI;
using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Keys;
using RagCaching.Internal;
using RagCaching.Internal.Digests;

namespace RagCaching.Embeddings.Flights;

/// <summary>One text that is being looked up or generated, for all who wait for it.</summary>
/// <remarks>
/// The text belongs to the run that works on it, together with other texts of the same batch. The run ends each of its flights once; the
/// properties that describe the result are written before that. A storage in memory answers before anybody has had to wait, so the
/// task to wait for is made only when somebody does.
/// </remarks>
/// <param name="key">What is looked for.</param>
/// <param name="work">The run, which others may join.</param>
/// <param name="bypassReason">Why the cache takes no part, or <see langword="null"/> if it does.</param>
internal sealed class EmbeddingFlight(EntryKey key, SharedWork work, string? bypassReason)
{
    private TaskCompletionSource<CachedVector>? _completion;

    // The result or the failure, whichever ended the flight; one field, since there is a flight for every text.
    private object? _outcome;
    private volatile bool _isEnded;
    private volatile bool _isForgotten;
    private int _isReadEnded;

    public EntryKey Key { get; } = key;

    public SharedWork Work { get; } = work;

    /// <summary>Gets why the result is not cached, or <see langword="null"/> if it is.</summary>
    public string? BypassReason { get; private set; } = bypassReason;

    public EmbeddingOrigin Origin { get; private set; }

    /// <summary>Gets the result, or <see langword="null"/> if there is none.</summary>
    public CachedVector? Vector => _outcome as CachedVector;

    /// <summary>Gets what the generator returned, for the caller who started the flight.</summary>
    public Embedding<float>? Generated { get; private set; }

    /// <summary>Gets or sets what the storage knows the embedding by, once it has been asked.</summary>
    public Digest StorageKey { get; set; }

    /// <summary>Gets or sets a value indicating whether the storage failed on the key.</summary>
    public bool IsReadRefused { get; set; }

    public bool IsEnded => _isEnded;

    /// <summary>Gets a value indicating whether the entry was removed after the flight had begun, so that it must not be kept.</summary>
    public bool IsForgotten => _isForgotten;

    /// <summary>Waits for the result.</summary>
    /// <exception cref="OperationCanceledException">The caller's own token was cancelled.</exception>
    public ValueTask<CachedVector> WaitAsync(CancellationToken cancellationToken) =>
        _isEnded && Vector is { } vector ? new(vector) : new(Completion().WaitAsync(cancellationToken));

    /// <summary>Waits for the end, without a result and without a failure.</summary>
    public async Task WhenEndedAsync() => await ((Task)Completion()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Ends the flight with an embedding that was found.</summary>
    public void Found(CachedVector vector, EmbeddingOrigin origin)
    {
        Origin = origin;
        _outcome = vector;
        End();
    }

    /// <summary>Ends the flight with an embedding that was generated.</summary>
    /// <param name="vector">The embedding as it is shared.</param>
    /// <param name="embedding">The embedding as the generator returned it.</param>
    /// <param name="bypassReason">Why it is not kept, if it is not.</param>
    public void Made(CachedVector vector, Embedding<float> embedding, string? bypassReason)
    {
        Origin = EmbeddingOrigin.Generated;
        Generated = embedding;
        BypassReason = bypassReason;
        _outcome = vector;
        End();
    }

    /// <summary>Ends the flight without an embedding.</summary>
    public void Failed(Exception exception)
    {
        _outcome = exception;
        End();
    }

    /// <summary>Ends the read from the storage, of which there is at most one.</summary>
    /// <returns>Whether it was still open.</returns>
    public bool TryEndRead() => Interlocked.Exchange(ref _isReadEnded, 1) == 0;

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

    // Whoever comes second, the end or the first who waits, sees the other's mark and passes the result on.
    private void End()
    {
        _isEnded = true;
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _completion) is { } completion)
        {
            PassOn(completion);
        }
    }

    private Task<CachedVector> Completion()
    {
        if (Volatile.Read(ref _completion) is not { } completion)
        {
            var fresh = new TaskCompletionSource<CachedVector>(TaskCreationOptions.RunContinuationsAsynchronously);
            completion = Interlocked.CompareExchange(ref _completion, fresh, null) ?? fresh;
        }

        if (_isEnded)
        {
            PassOn(completion);
        }

        return completion.Task;
    }

    private void PassOn(TaskCompletionSource<CachedVector> completion)
    {
        if (_outcome is not Exception failure)
        {
            completion.TrySetResult(Vector!);
            return;
        }

        completion.TrySetException(failure);

        // Whoever waits gets the failure by waiting. If all have left, nobody does, and that is no reason for alarm.
        _ = completion.Task.Exception;
    }
}
