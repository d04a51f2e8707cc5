using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Internal.Limits;
using RagCaching.Money;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Lookups;

/// <summary>Gets the vector of a question, and leaves a generator that does not answer alone for a while.</summary>
internal sealed class QuestionEmbedder
{
    private const int FailuresToOpen = 5;
    private static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(5);

    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    private readonly FaultBarrier _limited;
    private readonly CachedEmbedder? _own;
    private readonly CacheLedger? _ledger;
    private readonly string? _modelId;
    private readonly Func<bool> _isLeftAlone;

    /// <summary>Creates the embedder.</summary>
    /// <param name="generator">Computes the vectors.</param>
    /// <param name="timeout">The time that <see cref="TryEmbedInTimeAsync"/> waits.</param>
    /// <param name="reporting">Where failures are counted.</param>
    /// <param name="ledger">Where is kept what embedding takes; <see langword="null"/> for nowhere.</param>
    /// <param name="isLeftAlone">Tells whether another embedder has found that the generator does not answer; <see langword="null"/> where there is no other one.</param>
    public QuestionEmbedder(IEmbeddingGenerator<string, Embedding<float>> generator, TimeSpan timeout, FaultReporting reporting, CacheLedger? ledger = null, Func<bool>? isLeftAlone = null)
    {
        _isLeftAlone = isLeftAlone ?? (static () => false);
        _generator = generator;
        _ledger = ledger;
        _modelId = generator.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelId;
        _own = generator.GetService<CachedEmbedder>();
        var breaker = new CircuitBreaker(reporting.Time, BreakDuration, FailuresToOpen);
        Barrier = new FaultBarrier(TelemetryNames.Operations.Embed, reporting, LogFailure, limit: null, breaker);
        _limited = new FaultBarrier(TelemetryNames.Operations.Embed, reporting, LogFailure, timeout, breaker);
    }

    /// <summary>Gets what stands between the generator and its callers, so that a lookup whose time runs out can say that this took too long.</summary>
    public FaultBarrier Barrier { get; }

    /// <summary>Embeds a question within the time limit of a lookup.</summary>
    /// <returns>The vector, or an empty one when there is none to be had; why not has been counted.</returns>
    public ValueTask<ReadOnlyMemory<float>> TryEmbedAsync(CacheRequest request, CancellationToken cancellationToken) => TryEmbedAsync(Barrier, request, cancellationToken);

    /// <summary>Embeds the question of a request whose lookup did not come to that, under a separate time limit.</summary>
    /// <returns>The vector, or an empty one when none is wanted, or none is to be had in time; why not has been counted.</returns>
    public ValueTask<ReadOnlyMemory<float>> TryEmbedInTimeAsync(CacheRequest request, CancellationToken cancellationToken) =>
        request.ExactOnly ? default : TryEmbedAsync(_limited, request, cancellationToken);

    /// <summary>Embeds the questions of many requests in one call, so that an embedding cache has them when they are asked for one by one.</summary>
    /// <param name="requests">The requests. The scope of the first one pays.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask PrepareAsync(IReadOnlyList<CacheRequest> requests, CancellationToken cancellationToken)
    {
        string[] questions = [.. requests.Where(static request => !request.ExactOnly).Select(static request => request.Question).Distinct(StringComparer.Ordinal)];
        if (questions.Length < 2 || _generator is not ICachedEmbedder cached || _isLeftAlone() || Barrier.IsOpen)
        {
            return;
        }

        Spender.Current = _ledger is null ? null : new Spender(_ledger, requests[0].ScopeLabel, SpendingPurpose.Embedding);

        // Where it fails, each question is tried again by itself.
        _ = await Barrier.RunAsync(
            static async (call, token) => await call.Embedder.GenerateAsync(call.Questions, options: null, token).ConfigureAwait(false), (Embedder: cached, Questions: questions), fallback: null, cancellationToken).ConfigureAwait(false);
    }

    // The exception itself is not logged: a provider may quote the text in its message.
    private static void LogFailure(ILogger logger, string errorType, Exception? exception) => Log.QuestionNotEmbedded(logger, errorType);

    private async ValueTask<ReadOnlyMemory<float>> TryEmbedAsync(FaultBarrier barrier, CacheRequest request, CancellationToken cancellationToken)
    {
        if (_isLeftAlone() || !barrier.TryEnter()
            || await barrier.RunAsync<CacheRequest, ReadOnlyMemory<float>?>(EmbedAsync, request, fallback: null, cancellationToken).ConfigureAwait(false) is not { } vector)
        {
            return default;
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (IsUsable(vector.Span))
        {
            return vector;
        }

        barrier.Failed("unusable_vector");
        return default;
    }

    private async ValueTask<ReadOnlyMemory<float>?> EmbedAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        if (_ledger is not null && _own is not null)
        {
            return await _own.GenerateVectorAsync(request.Question, _ledger, request.ScopeLabel, cancellationToken).ConfigureAwait(false);
        }

        if (_generator is ICachedEmbedder cached)
        {
            return await cached.GenerateVectorAsync(request.Question, options: null, cancellationToken).ConfigureAwait(false);
        }

        GeneratedEmbeddings<Embedding<float>>? embeddings = null;
        try
        {
            embeddings = await _generator.GenerateAsync([request.Question], options: null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A call that failed is one, too.
            _ledger?.Spent(request.ScopeLabel, SpendingPurpose.Embedding, embeddings is [{ ModelId: { } modelId }] ? modelId : _modelId, embeddings?.Usage?.InputTokenCount, outputTokens: null);
        }

        return embeddings is [{ } embedding]
            ? embedding.Vector
            : throw new InvalidOperationException($"The embedding generator returned {embeddings?.Count ?? 0} embeddings for 1 text.");
    }

    private static bool IsUsable(ReadOnlySpan<float> vector)
    {
        var squares = TensorPrimitives.SumOfSquares(vector);
        return float.IsFinite(squares) && squares > 0;
    }
}
