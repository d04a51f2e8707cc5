using Microsoft.Extensions.Logging;
using RagCaching.Contract.Settings;
using RagCaching.Diagnostics;
using RagCaching.Internal.Limits;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Storing;

/// <summary>Stores answers that may be stored, and turns whatever goes wrong into a count: the caller has the answer already.</summary>
internal sealed class EntryWriter(
    IVectorStore store, QuestionEmbedder embedder, KeySpace keys, RemovalLog removals, CircuitBreaker storeBreaker, int maxAnswerBytes, TimeSpan embeddingTimeout, TimeProvider time, CacheTelemetry telemetry, ILogger logger)
{
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(1);

    private readonly RateLimit _logLimit = new(time, Log.LeastInterval);

    /// <summary>Gets the largest answer that is stored, in bytes.</summary>
    public int MaxAnswerBytes => maxAnswerBytes;

    /// <summary>Stores an answer.</summary>
    /// <param name="request">The question.</param>
    /// <param name="context">What is known about the answer, with its id.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="vector">The question's vector; with an empty one the answer is found by exactly this question only.</param>
    /// <param name="group">The group of answers that say the same; 0 for none.</param>
    /// <returns>The id, or <see langword="null"/> when the answer was not stored, which has been counted.</returns>
    public async ValueTask<string?> WriteAsync(
        CacheRequest request, SemanticCacheEntryContext context, StoredAnswer answer, ReadOnlyMemory<float> vector, ulong group)
    {
        var timeToLive = context.TimeToLive ?? request.TimeToLive;
        timeToLive = timeToLive < SemanticCacheOptionsRules.MaximumTimeToLive ? timeToLive : SemanticCacheOptionsRules.MaximumTimeToLive;
        if (!context.Store || timeToLive <= TimeSpan.Zero)
        {
            return Refuse(AnswerRefusal.NotWanted);
        }

        var json = AnswerCodec.ToJson(answer);
        if (json.Length > maxAnswerBytes)
        {
            return Refuse(AnswerRefusal.TooLarge);
        }

        var entry = ToEntry(request, context, answer, json, vector, group, timeToLive);
        if (IsRemoved(request, entry))
        {
            return Refuse(AnswerRefusal.Removed);
        }

        if (!await TryUpsertAsync(entry).ConfigureAwait(false))
        {
            return null;
        }

        // A removal may have swept the store between the check and the write.
        if (IsRemoved(request, entry))
        {
            await TryRemoveAsync(entry).ConfigureAwait(false);
            return Refuse(AnswerRefusal.Removed);
        }

        return context.EntryId;
    }

    /// <summary>Gets the vector of a question whose lookup did not need one.</summary>
    /// <returns>An empty vector when none is to be had in time.</returns>
    public async ValueTask<ReadOnlyMemory<float>> EmbedAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        if (request.ExactOnly)
        {
            return default;
        }

        try
        {
            return await TimeLimit.RunAsync(embedder.TryEmbedAsync, request.Question, embeddingTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            embedder.TimedOut();
            return default;
        }
    }

    /// <summary>Counts an answer that is not stored.</summary>
    public string? Refuse(AnswerRefusal refusal)
    {
        var reason = refusal.ToString();
        telemetry.Refused(reason);
        Log.AnswerNotStored(logger, reason);
        return null;
    }

    /// <summary>Counts a failure to store an answer.</summary>
    public void Failed(Exception exception)
    {
        telemetry.Failed(TelemetryNames.Operations.Write, exception.GetType().Name);
        if (_logLimit.TryPass())
        {
            Log.WriteFailed(logger, exception);
        }
    }

    private bool IsRemoved(CacheRequest request, VectorEntry entry) =>
        removals.Covers(entry.Labels, request.Ticket.StartedAt, request.Ticket.RemovalsBefore);

    private VectorEntry ToEntry(
        CacheRequest request, SemanticCacheEntryContext context, StoredAnswer answer, byte[] json, ReadOnlyMemory<float> vector, ulong group, TimeSpan timeToLive)
    {
        var createdAt = time.GetUtcNow();
        var expiresAt = createdAt + timeToLive;
        _ = EntryId.TryParse(context.EntryId, out var id);
        var state = new EntryState { Nonce = id.Nonce, Question = request.Question, Group = group };
        return new VectorEntry
        {
            Partition = request.Partition,
            Id = request.QuestionKey,
            Vector = vector,
            EmbeddingModel = keys.EmbeddingModel,
            Metadata = EntryStateCodec.Encode(state, request.QuestionDigest, createdAt, expiresAt),
            Payload = AnswerCodec.Encode(json, id.Nonce, request.QuestionDigest, createdAt, expiresAt),
            Labels = LabelsOf(request, context, answer),
            Owner = request.ScopeLabel,
            CreatedAt = createdAt,
            ExpiresAt = expiresAt,
        };
    }

    private string[] LabelsOf(CacheRequest request, SemanticCacheEntryContext context, StoredAnswer answer)
    {
        var labels = new HashSet<string>(StringComparer.Ordinal) { request.ScopeLabel };
        foreach (var tag in context.Tags.Where(tag => !string.IsNullOrEmpty(tag)))
        {
            labels.Add(keys.TagLabel(tag));
        }

        foreach (var sourceId in context.SourceVersions.Keys)
        {
            labels.Add(keys.SourceLabel(sourceId));
        }

        if (answer.ModelId is { } modelId)
        {
            labels.Add(keys.ModelLabel(modelId));
        }

        return [.. labels];
    }

    private async ValueTask<bool> TryUpsertAsync(VectorEntry entry)
    {
        if (!storeBreaker.TryEnter())
        {
            telemetry.Failed(TelemetryNames.Operations.Write, "breaker_open");
            return false;
        }

        try
        {
            await TimeLimit.RunAsync(UpsertAsync, entry, WriteTimeout, time, CancellationToken.None).ConfigureAwait(false);
            storeBreaker.Succeeded();
            return true;
        }
        catch (Exception exception)
        {
            // What the store rejects as an argument says nothing about its health.
            if (exception is not ArgumentException)
            {
                storeBreaker.Failed(timedOut: exception is TimeoutException);
            }

            Failed(exception);
            return false;
        }
    }

    private async ValueTask TryRemoveAsync(VectorEntry entry)
    {
        try
        {
            await TimeLimit.RunAsync(
                (removed, token) => store.RemoveAsync(removed.Partition, removed.Id, token), entry, WriteTimeout, time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            telemetry.Failed(TelemetryNames.Operations.Remove, exception.GetType().Name);
        }
    }

    private async ValueTask<bool> UpsertAsync(VectorEntry entry, CancellationToken cancellationToken)
    {
        await store.UpsertAsync(entry, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
