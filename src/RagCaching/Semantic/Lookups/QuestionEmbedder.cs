using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Internal.Limits;

namespace RagCaching.Semantic.Lookups;

/// <summary>Gets the vector of a question, and leaves a generator that does not answer alone for a while.</summary>
internal sealed class QuestionEmbedder(IEmbeddingGenerator<string, Embedding<float>> generator, TimeProvider time, CacheTelemetry telemetry, ILogger logger)
{
    private const int FailuresToOpen = 5;
    private static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(5);

    private readonly CircuitBreaker _breaker = new(time, BreakDuration, FailuresToOpen);
    private readonly RateLimit _logLimit = new(time, Log.LeastInterval);

    /// <summary>Embeds a question.</summary>
    /// <returns>The vector, or an empty one when there is none to be had; why not has been counted.</returns>
    public async ValueTask<ReadOnlyMemory<float>> TryEmbedAsync(string question, CancellationToken cancellationToken)
    {
        if (!_breaker.TryEnter())
        {
            return default;
        }

        ReadOnlyMemory<float> vector;
        try
        {
            vector = await EmbedAsync(question, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // What comes after the lookup was given up was counted as a timeout, and does not count again.
            cancellationToken.ThrowIfCancellationRequested();
            _breaker.Failed(timedOut: false);
            Failed(exception.GetType().Name);
            return default;
        }

        cancellationToken.ThrowIfCancellationRequested();
        _breaker.Succeeded();
        if (!IsUsable(vector.Span))
        {
            Failed("unusable_vector");
            return default;
        }

        return vector;
    }

    /// <summary>Reports that the caller's time ran out while it waited for a vector.</summary>
    public void TimedOut() => _breaker.Failed(timedOut: true);

    // The exception itself is not logged: a provider may quote the text in its message.
    private void Failed(string errorType)
    {
        telemetry.Failed(TelemetryNames.Operations.Embed, errorType);
        if (_logLimit.TryPass())
        {
            Log.QuestionNotEmbedded(logger, errorType);
        }
    }

    private async ValueTask<ReadOnlyMemory<float>> EmbedAsync(string question, CancellationToken cancellationToken)
    {
        if (generator is ICachedEmbedder cached)
        {
            return await cached.GenerateVectorAsync(question, options: null, cancellationToken).ConfigureAwait(false);
        }

        var embeddings = await generator.GenerateAsync([question], options: null, cancellationToken).ConfigureAwait(false);
        return embeddings is [{ } embedding]
            ? embedding.Vector
            : throw new InvalidOperationException($"The embedding generator returned {embeddings?.Count ?? 0} embeddings for 1 text.");
    }

    /// <summary>Tells whether cosines with the vector mean anything: a NaN, an infinity or all zeros show in the sum of squares.</summary>
    private static bool IsUsable(ReadOnlySpan<float> vector)
    {
        var squares = TensorPrimitives.SumOfSquares(vector);
        return float.IsFinite(squares) && squares > 0;
    }
}
