using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Transfers;

/// <summary>Stores questions with their answers, as a host would, many at a time.</summary>
internal sealed class AnswerImport(
    IVectorStore store, RequestFactory requests, ICachedEmbedder? embedder, Func<RequestFactory.Checked, ChatResponse, CancellationToken, ValueTask<string?>> storeAsync, FaultReporting reporting)
{
    private const int EmbeddedAtOnce = 64;

    private readonly FaultBarrier _embedding = new(TelemetryNames.Operations.Embed, reporting);

    public async ValueTask<ImportReport> ReadAsync(IAsyncEnumerable<ImportedAnswer> answers, ImportOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var tally = new ImportTally(options, progress);
        await foreach (var batch in BatchesAsync(answers, cancellationToken).ConfigureAwait(false))
        {
            // One call for many questions; what each then asks for is in memory.
            if (embedder is not null && batch.Count > 1)
            {
                await TryEmbedAsync(batch, cancellationToken).ConfigureAwait(false);
            }

            foreach (var (number, answer) in batch)
            {
                await StoreAsync(number, answer, options, tally, cancellationToken).ConfigureAwait(false);
                if (tally.HasEnded)
                {
                    return tally.End();
                }
            }
        }

        return tally.End();
    }

    private static async IAsyncEnumerable<List<(long Number, ImportedAnswer? Answer)>> BatchesAsync(
        IAsyncEnumerable<ImportedAnswer> answers, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<(long, ImportedAnswer?)>(EmbeddedAtOnce);
        var number = 0L;
        await foreach (var answer in answers.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            number++;
            batch.Add((answer?.Line > 0 ? answer.Line : number, answer));
            if (batch.Count == EmbeddedAtOnce)
            {
                yield return batch;
                batch.Clear();
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private async ValueTask TryEmbedAsync(List<(long Number, ImportedAnswer? Answer)> batch, CancellationToken cancellationToken)
    {
        string[] questions = [.. batch.Select(item => item.Answer?.Question).OfType<string>().Where(question => !string.IsNullOrWhiteSpace(question))];
        if (questions.Length > 0)
        {
            // Where it fails, each question is tried again by itself.
            _ = await _embedding.RunAsync(EmbedAsync, questions, fallback: null, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<GeneratedEmbeddings<Embedding<float>>?> EmbedAsync(string[] questions, CancellationToken cancellationToken) =>
        await embedder!.GenerateAsync(questions, options: null, cancellationToken).ConfigureAwait(false);

    private async ValueTask StoreAsync(long number, ImportedAnswer? answer, ImportOptions options, ImportTally tally, CancellationToken cancellationToken)
    {
        if (answer is null)
        {
            tally.Failed(number, "answer", "It is null.");
            return;
        }

        if (string.IsNullOrWhiteSpace(answer.Question))
        {
            tally.Failed(number, "question", answer.Question is null ? "It is null." : "It is blank.");
            return;
        }

        if (string.IsNullOrWhiteSpace(answer.Answer))
        {
            tally.Failed(number, "answer", answer.Answer is null ? "It is null." : "It is blank.");
            return;
        }

        RequestFactory.Checked request;
        try
        {
            request = requests.Create(QueryOf(answer, options), mayExplore: false);
        }
        catch (ArgumentException exception)
        {
            tally.Failed(number, "options", exception.Message);
            return;
        }

        if (request.IsBypassed)
        {
            tally.Failed(number, "question", $"The cache does not take it: {request.BypassReason}. It is {ImportTally.Shown(answer.Question)}.");
        }
        else if (await MustStayAsync(request.Request, options, cancellationToken).ConfigureAwait(false))
        {
            tally.Kept();
        }
        else if (await storeAsync(request, new ChatResponse(new ChatMessage(ChatRole.Assistant, answer.Answer)) { FinishReason = ChatFinishReason.Stop }, cancellationToken).ConfigureAwait(false) is null)
        {
            tally.Failed(number, "answer", $"It was not stored, for a reason that the cache has counted and logged. The question is {ImportTally.Shown(answer.Question)}.");
        }
        else
        {
            tally.Stored();
        }
    }

    private async ValueTask<bool> MustStayAsync(CacheRequest request, ImportOptions options, CancellationToken cancellationToken) =>
        (options.KeepExisting || !request.IsCurated)
        && await store.GetContentAsync(request.Partition, request.QuestionKey, cancellationToken).ConfigureAwait(false) is { } stored
        && (options.KeepExisting || stored.IsPermanent);

    private static SemanticCacheQuery QueryOf(ImportedAnswer answer, ImportOptions options) => new(answer.Question)
    {
        Scope = answer.Scope,
        Partition = answer.Partition,
        Tags = answer.Tags,
        TimeToLive = answer.TimeToLive,
        IsCurated = answer.IsCurated || options.AsCurated,
    };
}
