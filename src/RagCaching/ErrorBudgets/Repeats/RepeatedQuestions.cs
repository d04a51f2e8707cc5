using BitFaster.Caching.Lru;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.ErrorBudgets.Repeats;

/// <summary>Follows single questions that are asked again and again, so that a popular one is checked before it fills a budget alone.</summary>
/// <param name="options">The budget; where it asks for no audits, no question is checked either.</param>
/// <param name="aliases">What serves a question whose answer was confirmed.</param>
/// <remarks>
/// Audits find out about a scope, not about a question: one that is asked forty times is served the same wrong answer forty times before a lot is likely to fall on it. So the expected number of
/// wrong answers is added up for each question. In this process only, bounded, and without texts. Thread-safe. See <c>docs/decisions/popular-questions.md</c>.
/// </remarks>
internal sealed class RepeatedQuestions(ErrorBudgetOptions options, AliasTable aliases)
{
    private const int Capacity = 16_384;

    private readonly bool _checks = options.AuditRate > 0;
    private readonly ConcurrentLru<string, Risk> _risks = new(Capacity);

    /// <summary>Takes note that a question is about to be served.</summary>
    /// <param name="request">The question.</param>
    /// <param name="risk">What that adds; <see langword="null"/> where questions are not followed.</param>
    /// <returns><see langword="true"/> where the question must be answered anew instead; it starts from nothing then.</returns>
    public bool IsTooRisky(CacheRequest request, QuestionRisk? risk) =>
        _checks && risk is { } added && _risks.GetOrAdd(request.ReportKey, static _ => new Risk()).Add(added);

    /// <summary>Tells what <see cref="IsTooRisky"/> would, and takes no note.</summary>
    public bool WouldBeTooRisky(CacheRequest request, QuestionRisk? risk) =>
        _checks && risk is { } added && _risks.TryGet(request.ReportKey, out var known) && added.IsTooMuchAfter(known.Sum);

    /// <summary>Lets a stored answer serve a question from now on: a new answer to the same question said the same.</summary>
    public void Confirm(CacheRequest request, CandidateSearch.Match match) =>
        aliases.Set(request.Partition, request.ReportKey, new AliasTable.Alias(match.Id, match.Similarity));

    private sealed class Risk
    {
        private readonly Lock _lock = new();
        private double _sum;

        public double Sum
        {
            get
            {
                lock (_lock)
                {
                    return _sum;
                }
            }
        }

        public bool Add(QuestionRisk risk)
        {
            lock (_lock)
            {
                var isTooMuch = risk.IsTooMuchAfter(_sum);
                _sum = isTooMuch ? 0 : _sum + risk.Added;
                return isTooMuch;
            }
        }
    }
}
