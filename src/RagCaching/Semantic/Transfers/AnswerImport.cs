using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Transfers;

/// <summary>Stores questions with their answers, as a host would, many at a time.</summary>
internal sealed class AnswerImport(
    IVectorStore store, RequestFactory requests, QuestionEmbedder questions, Func<RequestFactory.Checked, ChatResponse, CancellationToken, ValueTask<string?>> storeAsync)
{
    private const int EmbeddedAtOnce = 64;

    public async ValueTask<ImportReport> ReadAsync(IAsyncEnumerable<ImportedAnswer> answers, ImportOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var tally = new ImportTally(options, progress);
        await foreach (var batch in BatchesAsync(answers, options, cancellationToken).ConfigureAwait(false))
        {
            // One call for many questions; what each then asks for is in memory.
            await questions.PrepareAsync([.. batch.Select(item => item.Request).OfType<CacheRequest>()], cancellationToken).ConfigureAwait(false);
            foreach (var item in batch)
            {
                await StoreAsync(item, options, tally, cancellationToken).ConfigureAwait(false);
                if (tally.HasEnded)
                {
                    return tally.End();
                }
            }
        }

        return tally.End();
    }

    private async IAsyncEnumerable<List<Item>> BatchesAsync(
        IAsyncEnumerable<ImportedAnswer> answers, ImportOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<Item>(EmbeddedAtOnce);
        var number = 0L;
        await foreach (var answer in answers.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            number++;
            batch.Add(Check(answer?.Line > 0 ? answer.Line : number, answer, options));
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

    private Item Check(long number, ImportedAnswer? answer, ImportOptions options)
    {
        if (answer is null)
        {
            return Item.Faulty(number, "answer", "It is null.");
        }

        if (answer.Fault is { } fault)
        {
            return Item.Faulty(fault.Line, fault.Field, fault.Problem);
        }

        if (string.IsNullOrWhiteSpace(answer.Question))
        {
            return Item.Faulty(number, "question", answer.Question is null ? "It is null." : "It is blank.");
        }

        if (string.IsNullOrWhiteSpace(answer.Answer))
        {
            return Item.Faulty(number, "answer", answer.Answer is null ? "It is null." : "It is blank.");
        }

        try
        {
            var asked = requests.Create(QueryOf(answer, options), mayExplore: false);
            return asked.IsBypassed
                ? Item.Faulty(number, "question", $"The cache does not take it: {asked.BypassReason}. It is {ImportTally.Shown(answer.Question)}.")
                : new Item(number, asked, answer.Answer, Field: "", Problem: null);
        }
        catch (ArgumentException exception)
        {
            return Item.Faulty(number, "options", exception.Message);
        }
    }

    private async ValueTask StoreAsync(Item item, ImportOptions options, ImportTally tally, CancellationToken cancellationToken)
    {
        if (item.Request is not { } request)
        {
            tally.Failed(item.Number, item.Field, item.Problem!);
        }
        else if (await MustStayAsync(request, options, cancellationToken).ConfigureAwait(false))
        {
            tally.Kept();
        }
        else if (await storeAsync(item.Asked, new ChatResponse(new ChatMessage(ChatRole.Assistant, item.Answer)) { FinishReason = ChatFinishReason.Stop }, cancellationToken).ConfigureAwait(false) is null)
        {
            tally.Failed(item.Number, "answer", $"It was not stored, for a reason that the cache has counted and logged. The question is {ImportTally.Shown(request.Question)}.");
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

    /// <summary>One question with its answer, or what is wrong with it.</summary>
    private readonly record struct Item(long Number, RequestFactory.Checked Asked, string? Answer, string Field, string? Problem)
    {
        /// <summary>Gets the request; <see langword="null"/> where something is wrong.</summary>
        public CacheRequest? Request => Asked.Request;

        public static Item Faulty(long number, string field, string problem) => new(number, default, Answer: null, field, problem);
    }
}
