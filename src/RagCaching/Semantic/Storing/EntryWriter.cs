using RagCaching.Contract.Settings;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Internal.Limits;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Storing;

/// <summary>Stores answers that may be stored, and turns whatever goes wrong into a count: the caller has the answer already.</summary>
internal sealed class EntryWriter
{
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(1);

    private readonly IVectorStore _store;
    private readonly KeySpace _keys;
    private readonly SweptWrites _swept;
    private readonly TimeProvider _time;
    private readonly FaultBarrier _writes;
    private readonly RefusalCounter _refusals;
    private readonly TimeSpan? _staleIfError;
    private readonly double _jitter;

    /// <summary>Creates the writer.</summary>
    /// <param name="store">Keeps the entries.</param>
    /// <param name="keys">Names what is stored.</param>
    /// <param name="writes">Stores what was not removed meanwhile.</param>
    /// <param name="storeBreaker">The breaker before writes.</param>
    /// <param name="limits">What is stored, and for how long.</param>
    /// <param name="refusals">Counts answers that are not stored.</param>
    /// <param name="reporting">Where failures are counted.</param>
    public EntryWriter(
        IVectorStore store, KeySpace keys, SweptWrites writes, CircuitBreaker storeBreaker, WriteLimits limits, RefusalCounter refusals, FaultReporting reporting)
    {
        _store = store;
        _keys = keys;
        _swept = writes;
        _refusals = refusals;
        _time = reporting.Time;
        MaxAnswerBytes = limits.MaxAnswerBytes;
        _staleIfError = limits.StaleIfError;
        _jitter = limits.Jitter;
        _writes = new FaultBarrier(TelemetryNames.Operations.Write, reporting, static (logger, _, exception) => Log.WriteFailed(logger, exception), WriteTimeout, storeBreaker);
    }

    /// <summary>Gets the largest answer that is stored, in bytes.</summary>
    public int MaxAnswerBytes { get; }

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
        if (!context.Store || (timeToLive <= TimeSpan.Zero && !request.IsCurated))
        {
            return _refusals.Refuse(AnswerRefusal.NotWanted);
        }

        var json = AnswerCodec.ToJson(answer);
        if (json.Length > MaxAnswerBytes)
        {
            return _refusals.Refuse(AnswerRefusal.TooLarge);
        }

        var entry = ToEntry(request, context, answer, json, vector, group, timeToLive);
        var isWritten = !_swept.IsRemoved(entry, request.Ticket) && _writes.TryEnter()
            ? await _writes.RunAsync<(VectorEntry, WriteTicket), bool?>(UpsertAsync, (entry, request.Ticket), fallback: null, CancellationToken.None).ConfigureAwait(false)
            : null;
        return isWritten == false ? _refusals.Refuse(AnswerRefusal.Curated)
            : _swept.IsRemoved(entry, request.Ticket) ? _refusals.Refuse(AnswerRefusal.Removed)
            : isWritten is null ? null
            : context.EntryId;
    }

    /// <summary>Takes note of a failure on the way to storing an answer.</summary>
    public void Failed(Exception exception) => _writes.Failed(exception);

    private VectorEntry ToEntry(
        CacheRequest request, SemanticCacheEntryContext context, StoredAnswer answer, byte[] json, ReadOnlyMemory<float> vector, ulong group, TimeSpan timeToLive)
    {
        var createdAt = _time.GetUtcNow();

        // From the digest: random enough to spread entries, and the same on every instance.
        var freshUntil = request.IsCurated ? VectorEntry.NeverExpires : createdAt + (timeToLive * (1 - (_jitter * request.QuestionDigest.Prefix / ulong.MaxValue)));
        _ = EntryId.TryParse(context.EntryId, out var id);
        var state = new EntryState { Nonce = id.Nonce, Question = request.Question, Group = group };
        return new VectorEntry
        {
            Partition = request.Partition,
            Id = request.QuestionKey,
            Vector = vector,
            EmbeddingModel = _keys.EmbeddingModel,
            Metadata = EntryStateCodec.Encode(state, request.QuestionDigest, createdAt, freshUntil, isKept: !request.IsCurated && _staleIfError is not null),
            Payload = AnswerCodec.Encode(json, id.Nonce, request.QuestionDigest, createdAt, freshUntil),
            Labels = LabelsOf(request, context, answer),
            Owner = request.ScopeLabel,
            CreatedAt = createdAt,
            ExpiresAt = request.IsCurated ? freshUntil : freshUntil + (_staleIfError ?? TimeSpan.Zero),
        };
    }

    private string[] LabelsOf(CacheRequest request, SemanticCacheEntryContext context, StoredAnswer answer)
    {
        var labels = new HashSet<string>(StringComparer.Ordinal) { request.ScopeLabel };
        foreach (var tag in context.Tags.Where(tag => !string.IsNullOrEmpty(tag)))
        {
            labels.Add(_keys.TagLabel(tag));
        }

        foreach (var sourceId in context.SourceVersions.Keys)
        {
            labels.Add(_keys.SourceLabel(sourceId));
        }

        if (!string.IsNullOrEmpty(context.CreatedBy))
        {
            labels.Add(_keys.CreatorLabel(context.CreatedBy));
        }

        if (answer.ModelId is { } modelId)
        {
            labels.Add(_keys.ModelLabel(modelId));
        }

        return [.. labels];
    }

    // False: a curated answer is there and stays. Of a failure, which has been counted, its caller gets null.
    private async ValueTask<bool?> UpsertAsync((VectorEntry Entry, WriteTicket Ticket) write, CancellationToken cancellationToken)
    {
        var (entry, ticket) = write;

        // Also after a lookup, which a curated answer may have failed: it was too old for the caller, a check of it failed, or somebody has approved it since.
        if (!entry.IsPermanent && await _store.GetContentAsync(entry.Partition, entry.Id, cancellationToken).ConfigureAwait(false) is { IsPermanent: true })
        {
            return false;
        }

        _ = await _swept.UpsertAsync(entry, ticket, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
