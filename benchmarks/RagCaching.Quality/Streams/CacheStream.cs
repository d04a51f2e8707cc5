using System.Globalization;
using Microsoft.Extensions.AI;
using RagCaching.Quality.Data;
using RagCaching.Semantic;

namespace RagCaching.Quality.Streams;

/// <summary>Replays labelled questions as traffic through a real cache.</summary>
internal static class CacheStream
{
    /// <summary>Runs a stream.</summary>
    /// <param name="questions">The questions, of which a right answer names the answer's number.</param>
    /// <param name="order">Which question is asked when.</param>
    /// <param name="options">The cache's settings: a threshold or an error budget.</param>
    /// <param name="useGuard">Whether the lexical guard is on.</param>
    /// <param name="seed">Seeds the audits.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <param name="shadowLog">Receives what shadow mode records.</param>
    /// <param name="countFrom">How many requests at the start are served and not counted.</param>
    /// <param name="inspect">Looks at the cache at the end.</param>
    public static async Task<StreamResult> RunAsync(
        QuestionSet questions,
        int[] order,
        SemanticCacheOptions options,
        bool useGuard,
        int seed,
        CancellationToken cancellationToken,
        ShadowLog? shadowLog = null,
        int countFrom = 0,
        Action<SemanticCache>? inspect = null)
    {
        var draws = new Random(seed);
        var guard = useGuard ? new CountedGuard(questions) : null;
        options.ShareAcrossCallers = true;
        options.Limits.LookupTimeout = TimeSpan.FromMinutes(1);

        // What is measured is how questions are matched, not which of them are about now.
        options.Freshness.Behavior = FreshnessBehavior.Ignore;
        var parts = new SemanticCacheParts
        {
            Options = () => options,
            Guards = guard is null ? static () => [] : () => [guard],
            Comparer = static () => AnswerComparers.ShortAnswers,
            Draw = draws.NextDouble,
            ShadowLog = shadowLog ?? new ShadowLog(),
        };
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = order.Length + 1 });
        await using var cache = new SemanticCache(new TableEmbedder([questions]), store, parts, services: null);
        var (exact, served, wrong) = (0, 0, 0);
        int? firstHit = null;
        var servedBy = new List<int>();
        for (var i = 0; i < order.Length; i++)
        {
            if (i == countFrom)
            {
                guard?.Reset();
            }

            var right = AnswerOf(questions, order[i], i);
            var result = await cache.GetOrCreateAsync(questions.Texts[order[i]], _ => Task.FromResult(Answer(right)), cancellationToken);
            if (i < countFrom)
            {
                continue;
            }

            if (result.Outcome == SemanticCacheOutcome.ExactHit)
            {
                exact++;
                continue;
            }

            var requests = i + 1 - countFrom - exact;
            if (result.Outcome == SemanticCacheOutcome.SemanticHit)
            {
                firstHit ??= requests;
                served++;
                wrong += result.Response!.Text == right ? 0 : 1;
            }

            if (requests % StreamResult.Step == 0)
            {
                servedBy.Add(served);
            }

            // Fits run beside the traffic; here traffic waits for them, so that a run can be repeated.
            await cache.FlushAsync(cancellationToken);
        }

        await cache.WhenMeasuredAsync();
        inspect?.Invoke(cache);
        var statistics = cache.GetStatistics();
        var budget = statistics.ErrorBudget;
        return new StreamResult(
            order.Length - countFrom - exact,
            served,
            wrong,
            budget?.Audits ?? 0,
            statistics.Comparisons,
            budget?.BreakerTrips ?? 0,
            budget?.ErrorRateUpper ?? 1,
            guard?.Refused ?? 0,
            guard?.RefusedWrong ?? 0)
        {
            Asked = order.Length - countFrom,
            FirstHit = firstHit,
            ServedBy = servedBy,
        };
    }

    /// <summary>Gets the right answer to a question; one without an answer gets another each time.</summary>
    internal static string AnswerOf(QuestionSet questions, int row, int request) => questions.HasNoAnswer[row]
        ? string.Create(CultureInfo.InvariantCulture, $"none {request}")
        : string.Create(CultureInfo.InvariantCulture, $"answer {questions.Answers[row]}");

    internal static ChatResponse Answer(string text) => new(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = ChatFinishReason.Stop };
}
