using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Rag;

/// <summary>A plain RAG application: embed the question, search the sources, ask the model; with a semantic cache in front if it is given one.</summary>
internal sealed class RagApp(
    IEmbeddingGenerator<string, Embedding<float>> embedder,
    IChatClient chat,
    ISemanticCache? cache,
    IReadOnlyList<DocumentSource> sources,
    bool streams,
    TimeProvider time)
{
    private const int ChunksPerSource = 3;

    /// <summary>Answers a question.</summary>
    public async Task<RagReply> AskAsync(string question, CancellationToken cancellationToken)
    {
        var trace = new RequestTrace(time);
        RequestTrace.Current = trace;
        return streams
            ? await StreamAsync(question, trace, cancellationToken)
            : await AnswerAsync(question, trace, cancellationToken);
    }

    private async Task<RagReply> AnswerAsync(string question, RequestTrace trace, CancellationToken cancellationToken)
    {
        if (cache is null)
        {
            return Reply(trace, await GenerateAsync(question, trace, context: null, cancellationToken), result: null);
        }

        var result = await cache.GetOrCreateAsync(question, (context, token) => GenerateAsync(question, trace, context, token), cancellationToken);
        trace.LookedUp();
        return Reply(trace, result.Response!, result);
    }

    private async Task<RagReply> StreamAsync(string question, RequestTrace trace, CancellationToken cancellationToken)
    {
        SemanticCacheStreamingResult? stream = null;
        if (cache is not null)
        {
            stream = await cache.GetOrStreamAsync(question, (context, token) => GenerateStreamAsync(question, trace, context, token), cancellationToken);
            trace.LookedUp();
        }

        var text = new StringBuilder();
        string? responseId = null;
        var updates = stream ?? GenerateStreamAsync(question, trace, context: null, cancellationToken);
        await foreach (var update in updates.WithCancellation(cancellationToken))
        {
            responseId ??= update.ResponseId;
            if (update.Text is { Length: > 0 } piece)
            {
                trace.TokenArrived();
                text.Append(piece);
            }
        }

        return Reply(trace, text.ToString(), responseId, stream?.Result);
    }

    private async Task<ChatResponse> GenerateAsync(string question, RequestTrace trace, SemanticCacheEntryContext? context, CancellationToken cancellationToken)
    {
        var prompt = await RetrieveAsync(question, trace, context, cancellationToken);
        return await chat.GetResponseAsync(prompt, cancellationToken: cancellationToken);
    }

    private async IAsyncEnumerable<ChatResponseUpdate> GenerateStreamAsync(
        string question, RequestTrace trace, SemanticCacheEntryContext? context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prompt = await RetrieveAsync(question, trace, context, cancellationToken);
        await foreach (var update in chat.GetStreamingResponseAsync(prompt, cancellationToken: cancellationToken))
        {
            yield return update;
        }
    }

    private async Task<List<ChatMessage>> RetrieveAsync(
        string question, RequestTrace trace, SemanticCacheEntryContext? context, CancellationToken cancellationToken)
    {
        if (context is not null)
        {
            // Being asked for an answer is where the lookup of a miss ends.
            trace.LookedUp();
        }

        var vector = await embedder.GenerateVectorAsync(question, cancellationToken: cancellationToken);
        var started = time.GetTimestamp();
        var found = await Task.WhenAll(sources.Select(source => source.SearchAsync(vector, ChunksPerSource, cancellationToken)));
        trace.Retrieved(time.GetElapsedTime(started));

        var chunks = found.SelectMany(matches => matches).OrderByDescending(match => match.Similarity).Select(match => match.Chunk).ToList();
        if (context is not null)
        {
            // So that RemoveWhereAsync(new EntryFilter { SourceId = file }) finds every answer that a changed page is in.
            chunks.ForEach(chunk => context.SourceVersions[chunk.File] = null);
        }

        return Prompt.Write(question, chunks);
    }

    private RagReply Reply(RequestTrace trace, ChatResponse response, SemanticCacheResult? result) => Reply(trace, response.Text, response.ResponseId, result);

    private RagReply Reply(RequestTrace trace, string text, string? responseId, SemanticCacheResult? result)
    {
        var total = trace.Elapsed;
        return new RagReply
        {
            Text = text,
            FirstToken = streams ? trace.FirstToken : total,
            Total = total,
            Stages = StageTimes.Of(trace, total, streams),
            Cache = result,
            ResponseId = responseId,
            FirstTokenTimestamp = trace.FirstTokenTimestamp,
        };
    }
}
