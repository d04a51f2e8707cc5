using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagCaching.Pipeline.Caching;
using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Prompting;

namespace RagCaching.Pipeline.Running;

/// <summary>One question on its way to its answer: what happens where the cache has none.</summary>
internal sealed class RagRun
{
    private readonly PipelineParts _parts;
    private readonly ChatQuery _chat;
    private readonly CacheScope? _scope;
    private readonly EarlyTask<Findings> _findings;
    private Findings? _used;
    private volatile bool _isBypassed;

    public RagRun(PipelineParts parts, ChatQuery chat, SemanticCacheQuery query, string question, CacheScope? scope, StageClock clock)
    {
        _parts = parts;
        _chat = chat;
        _scope = scope;
        _findings = new EarlyTask<Findings>(FindAsync);
        Query = query;
        Question = question;
        Clock = clock;
    }

    /// <summary>Gets the question to the cache, which may be one that bypasses it.</summary>
    public SemanticCacheQuery Query { get; }

    /// <summary>Gets what is retrieved for.</summary>
    public string Question { get; }

    public StageClock Clock { get; }

    /// <summary>Starts to retrieve, although the cache may yet have an answer.</summary>
    public void RetrieveEarly() => _findings.Start();

    /// <summary>Stops what was started early and is not needed.</summary>
    public void Abandon() => _findings.Abandon();

    /// <summary>Makes an answer; a factory of the cache.</summary>
    public async Task<ChatResponse> AnswerAsync(SemanticCacheEntryContext context, CancellationToken cancellationToken)
    {
        _chat.Describe(context);
        Clock.LookedUp();
        var findings = await UseFindingsAsync(context, cancellationToken).ConfigureAwait(false);
        if (SaysNothingFound(findings))
        {
            return NothingFound();
        }

        using var activity = _parts.Telemetry.Start(PipelineNames.Spans.Generation);
        var (model, escalateTo) = await _parts.Models.SelectAsync(SelectionFor(findings), cancellationToken).ConfigureAwait(false);
        Clock.Prompted();
        var response = await _parts.Caller.AskAsync(model, escalateTo, mayDecline => Prompt(findings, mayDecline), _chat.Options, cancellationToken).ConfigureAwait(false);
        response.AdditionalProperties = ChunkRecord.AddTo(response.AdditionalProperties, findings.Chunks, _parts.Options.KeepChunkTexts);
        return response;
    }

    /// <summary>Makes an answer as a stream; a factory of the cache.</summary>
    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(SemanticCacheEntryContext context, CancellationToken cancellationToken)
    {
        _chat.Describe(context);
        return ReadAsync(context, cancellationToken);
    }

    /// <summary>Makes the whole of an answer that has come to its end.</summary>
    public RagAnswer Complete(SemanticCacheResult result, ChatResponse response) => new()
    {
        Text = response.Text,
        Outcome = result.Outcome,
        Reason = result.Reason,
        Similarity = result.Similarity,
        MatchedQuestion = result.MatchedQuestion,
        Chunks = _used?.Chunks ?? ChunkRecord.Read(response.AdditionalProperties),
        SourceVersions = result.SourceVersions,
        ModelUsed = response.ModelId,
        Timings = Clock.Stop(),
        Usage = result.IsHit ? null : response.Usage,
        EntryId = result.EntryId,
        RetrieverFailures = _used?.Failures ?? [],
    };

    private async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(SemanticCacheEntryContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Clock.LookedUp();
        var findings = await UseFindingsAsync(context, cancellationToken).ConfigureAwait(false);
        if (SaysNothingFound(findings))
        {
            foreach (var update in NothingFound().ToChatResponseUpdates())
            {
                yield return update;
            }

            yield break;
        }

        using var activity = _parts.Telemetry.Start(PipelineNames.Spans.Generation);
        var (model, escalateTo) = await _parts.Models.SelectAsync(SelectionFor(findings), cancellationToken).ConfigureAwait(false);
        Clock.Prompted();
        var updates = _parts.Caller.StreamAsync(model, escalateTo, mayDecline => Prompt(findings, mayDecline), _chat.Options, cancellationToken);
        var isFirst = true;
        await foreach (var update in updates.ConfigureAwait(false))
        {
            if (isFirst)
            {
                update.AdditionalProperties = ChunkRecord.AddTo(update.AdditionalProperties, findings.Chunks, _parts.Options.KeepChunkTexts);
                isFirst = false;
            }

            yield return update;
        }
    }

    private async Task<Findings> FindAsync(CancellationToken cancellationToken)
    {
        using var activity = _parts.Telemetry.Start(PipelineNames.Spans.Retrieval);
        var started = _parts.Time.GetTimestamp();
        var vector = new Lazy<Task<ReadOnlyMemory<float>>>(() => EmbedAsync(cancellationToken));
        var request = new RetrievalRequest(
            Question, _parts.Options.ChunksPerRetriever, _scope, _parts.Embedder is null ? null : () => new ValueTask<ReadOnlyMemory<float>>(vector.Value));
        var use = RetrievalUse.Of(Query, _isBypassed, _parts.Options.RetrievalCache);
        var ranking = await _parts.Retrieval.RetrieveAsync(request, use, cancellationToken).ConfigureAwait(false);
        var (ranked, isReranked) = await _parts.Reranking.RerankAsync(ranking, request.Scope, use, cancellationToken).ConfigureAwait(false);
        var chunks = await _parts.Selector.SelectAsync(ranked, request, cancellationToken).ConfigureAwait(false);
        return new Findings(chunks, ranking.Failures, IsPartial: ranking.Failures.Count > 0 || !isReranked, _parts.Time.GetElapsedTime(started));
    }

    private async Task<ReadOnlyMemory<float>> EmbedAsync(CancellationToken cancellationToken)
    {
        var started = _parts.Time.GetTimestamp();
        var vector = await _parts.Embedder!.GenerateVectorAsync(Question, options: null, cancellationToken).ConfigureAwait(false);
        Clock.RetrievalEmbedded(_parts.Time.GetElapsedTime(started));
        return vector;
    }

    private async Task<Findings> UseFindingsAsync(SemanticCacheEntryContext context, CancellationToken cancellationToken)
    {
        // Nothing can be stored for a question that the cache has stood aside for; it says so at once, before anything is retrieved.
        _isBypassed = context.EntryId.Length == 0;
        var findings = await _findings.TakeAsync(cancellationToken).ConfigureAwait(false);
        Clock.Retrieved(findings.Duration);
        _used = findings;
        Describe(context, findings);
        return findings;
    }

    /// <summary>Tells the cache what the answer is built on, and how long it may be kept.</summary>
    private void Describe(SemanticCacheEntryContext context, Findings findings)
    {
        foreach (var chunk in findings.Chunks)
        {
            if (!context.SourceVersions.TryGetValue(chunk.SourceId, out var version))
            {
                context.SourceVersions[chunk.SourceId] = chunk.SourceVersion;
            }
            else if (version is null || chunk.SourceVersion is null)
            {
                // An unknown version is unknown, not another one: one retriever of two may not have any.
                context.SourceVersions[chunk.SourceId] = version ?? chunk.SourceVersion;
                if (version != chunk.SourceVersion)
                {
                    _parts.Telemetry.UnknownVersion();
                }
            }
            else if (version != chunk.SourceVersion)
            {
                // Which of the two versions the answer is built on cannot be told.
                context.Store = false;
                _parts.Telemetry.MixedVersions();
            }
        }

        if (findings.IsPartial || findings.Chunks.Count == 0)
        {
            var timeToLive = _parts.Options.PartialAnswerTimeToLive;
            context.Store &= timeToLive > TimeSpan.Zero && !SaysNothingFound(findings);
            context.TimeToLive = Query?.TimeToLive is { } own && own < timeToLive ? own : timeToLive;
        }
    }

    private bool SaysNothingFound(Findings findings) => findings.Chunks.Count == 0 && _parts.Options.NoChunks == NoChunksBehavior.SayNothingFound;

    private ChatResponse NothingFound() =>
        new(new ChatMessage(ChatRole.Assistant, _parts.Options.NothingFoundText)) { FinishReason = ChatFinishReason.Stop };

    private ModelSelectionRequest SelectionFor(Findings findings) => new(Question, _chat.Messages, findings.Chunks);

    private IEnumerable<ChatMessage> Prompt(Findings findings, bool mayDecline) => _parts.Options.PromptWriter is null
        ? PromptWriter.Write(_parts.Options.Instructions, _chat.Messages, findings.Chunks, mayDecline)
        : PromptWriter.Write(_parts.Options.PromptWriter, _chat.Messages, findings.Chunks, mayDecline);

    /// <summary>What an answer is built on.</summary>
    private sealed record Findings(IReadOnlyList<RetrievedChunk> Chunks, IReadOnlyList<RetrieverFailure> Failures, bool IsPartial, TimeSpan Duration);
}
