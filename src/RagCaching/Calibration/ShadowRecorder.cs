using RagCaching.Comparers;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.Calibration;

/// <summary>Records the decisions of shadow mode, together with their outcome, while it is on.</summary>
internal sealed class ShadowRecorder(ShadowLog log, HitLoader hits, ComparerCall comparer, bool keepsTexts, Func<bool> isOn, TimeProvider time)
{
    /// <summary>Takes note of a decision, to be recorded when the question is answered.</summary>
    /// <returns><see langword="null"/> where nothing is recorded.</returns>
    public IExploration? Begin(CacheRequest request, CandidateSearch.Match match, SemanticCacheReason verdict) => isOn() ? new Exploration(this, request, match, verdict) : null;

    /// <summary>Records a decision whose outcome is known.</summary>
    public void Record(CacheRequest request, CandidateSearch.Match match, SemanticCacheReason verdict, AnswerComparison comparison)
    {
        if (isOn())
        {
            log.Add(new ShadowRecord
            {
                Similarity = match.Similarity,
                Verdict = verdict,
                Comparison = comparison,
                At = time.GetUtcNow(),
                Question = keepsTexts ? request.Question : null,
                Candidate = keepsTexts ? match.State.Question : null,
            });
        }
    }

    private sealed class Exploration(ShadowRecorder recorder, CacheRequest request, CandidateSearch.Match match, SemanticCacheReason verdict) : IExploration
    {
        public async ValueTask<Learnt> LearnAsync(StoredAnswer fresh, CancellationToken cancellationToken)
        {
            if (await recorder.ReadAsync(request, match, cancellationToken).ConfigureAwait(false) is { } cached)
            {
                var comparison = await recorder.CompareAsync(request, fresh, cached, cancellationToken).ConfigureAwait(false);
                recorder.Record(request, match, verdict, comparison);
            }

            return default;
        }
    }

    private async ValueTask<StoredAnswer?> ReadAsync(CacheRequest request, CandidateSearch.Match match, CancellationToken cancellationToken) =>
        (await hits.LoadForComparisonAsync(match.Id, request.ScopeLabel, cancellationToken).ConfigureAwait(false))?.Answer;

    private ValueTask<AnswerComparison> CompareAsync(CacheRequest request, StoredAnswer fresh, StoredAnswer cached, CancellationToken cancellationToken) =>
        comparer.CompareAsync(request.Question, fresh, cached, cancellationToken);
}
