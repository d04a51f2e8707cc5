using RagCaching.ErrorBudgets.Gates;
using RagCaching.ErrorBudgets.Model;
using RagCaching.ErrorBudgets.Repeats;
using RagCaching.ErrorBudgets.State;

namespace RagCaching.ErrorBudgets;

/// <summary>The error budget of one scope: decides, learns from the outcomes, and stops itself. Thread-safe.</summary>
/// <remarks>
/// A decision looks at the neighbourhood of the question and not only at its nearest neighbour: which of the nearest stored answers say the
/// same, how the groups that they form lie, the outcomes of earlier decisions about them. Those features make a probability; a cut-off,
/// chosen on recent requests, makes a decision. See <c>docs/choosing-a-limit.md</c>.
/// </remarks>
internal sealed partial class ScopeBudget
{
    private const int LeastRefitInterval = 25;
    private const int RequestsPerRefit = 20;

    // An answer this likely to be right, and different all the same, is taken for out of date: see docs/decisions/surprise.md.
    private const double Surprise = 0.95;

    private readonly Lock _lock = new();
    private readonly double _maxErrorRate;
    private readonly FitPlan _plan;
    private readonly StartRule _start;
    private readonly AuditBreaker _breaker;
    private readonly GroupTable _groups = new();
    private readonly RecentItems<BudgetLabel> _labels = new(BudgetState.MaxLabels);

    // Null for a request that came near nothing: it ages the window, and there is nothing to choose a cut-off by.
    private readonly RecentItems<MatchFeatures?> _window = new(BudgetState.MaxWindow);
    private FittedModel? _model;
    private bool _isRefitting;
    private long _requests;
    private long _nextRefit = LeastRefitInterval;
    private long _served;
    private long _audits;
    private long _wrongAudits;
    private long _trips;

    public ScopeBudget(double maxErrorRate, bool isStrict, FitPlan plan)
    {
        _maxErrorRate = maxErrorRate;
        _plan = plan;
        _start = new StartRule(maxErrorRate, isStrict, startsOpen: plan.StartsWithFirstFit);
        _breaker = new AuditBreaker(maxErrorRate);
    }

    /// <summary>Takes note of a request without a candidate.</summary>
    public void PassBy()
    {
        lock (_lock)
        {
            _requests++;
            _window.Add(null);
        }
    }

    /// <summary>Decides about a candidate.</summary>
    /// <param name="question">The question being asked.</param>
    /// <param name="unitVector">Its vector, of length 1.</param>
    /// <param name="neighbours">The stored questions near it, nearest first.</param>
    /// <param name="candidate">Which of them would be served.</param>
    /// <param name="counts">Whether the request counts. One that is only explained does not.</param>
    public BudgetDecision Decide(string question, ReadOnlySpan<float> unitVector, IReadOnlyList<Neighbour> neighbours, int candidate, bool counts = true)
    {
        var words = FeatureReader.ReadWords(question, neighbours, candidate);
        lock (_lock)
        {
            var features = FeatureReader.Read(words, unitVector, neighbours, candidate, _groups.Find);
            if (counts)
            {
                _requests++;
                _window.Add(features);
            }

            return Judge(neighbours[candidate], features);
        }
    }

    /// <summary>Says what <see cref="Decide"/> would, of a request that was decided about already: nothing is counted.</summary>
    /// <param name="question">The question being asked.</param>
    /// <param name="unitVector">Its vector, of length 1.</param>
    /// <param name="neighbours">The stored questions near it, nearest first.</param>
    /// <param name="candidate">Which of them would be served.</param>
    public BudgetDecision Consider(string question, ReadOnlySpan<float> unitVector, IReadOnlyList<Neighbour> neighbours, int candidate)
    {
        var words = FeatureReader.ReadWords(question, neighbours, candidate);
        lock (_lock)
        {
            return Judge(neighbours[candidate], FeatureReader.Read(words, unitVector, neighbours, candidate, _groups.Find));
        }
    }

    /// <summary>Tells whether a candidate may be served by what is known now, some time after the decision.</summary>
    public bool MayStillServe(BudgetDecision decision)
    {
        lock (_lock)
        {
            return Judge(decision.Candidate, decision.Features).MayServe;
        }
    }

    /// <summary>Counts an answer that was served.</summary>
    public void Served()
    {
        lock (_lock)
        {
            _served++;
        }
    }

    /// <summary>Learns from a request that was answered anew.</summary>
    /// <param name="decision">What had been decided.</param>
    /// <param name="isRight">Whether the candidate's answer says the same as the new one.</param>
    /// <param name="kind">Why the request was answered anew. In shadow mode every decision to serve is an audit.</param>
    /// <param name="now">The time.</param>
    public LearningOutcome LearnAndTell(BudgetDecision decision, bool isRight, ExplorationKind kind, DateTimeOffset now)
    {
        var outcome = Learn(decision, isRight, kind, now);
        Tell(decision, isRight, kind, now);
        return outcome;
    }

    /// <summary>Learns what <see cref="LearnAndTell"/> does, and keeps it to itself.</summary>
    public LearningOutcome Learn(BudgetDecision decision, bool isRight, ExplorationKind kind, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (IsSuspect(decision.Candidate))
            {
                if (!isRight)
                {
                    return new LearningOutcome(DropsCandidate: true, Trips: false);
                }

                _groups.FindOrAdd(decision.Candidate.Group).Cleared.Add(decision.Candidate.Nonce);
            }

            Label(decision.Candidate.Group, decision.Features, isRight, now);
            var isAudit = kind is ExplorationKind.Audit or ExplorationKind.Shadow;
            if (decision.WouldServe && kind == ExplorationKind.NotServed)
            {
                _start.Add(isRight);
            }

            var isStale = !isRight && decision.Probability >= Surprise;
            if (isStale)
            {
                Suspect(decision.Candidate.Group, now);
            }

            return new LearningOutcome(isStale, isAudit && Audit(isRight));
        }
    }

    /// <summary>Learns from what somebody says about an answer that was served; says nothing about how often such answers are wrong.</summary>
    public void Report(ulong group, MatchFeatures? features, bool isRight, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (features is { } seen)
            {
                Label(group, seen, isRight, now);
            }
            else
            {
                Count(group, isRight);
            }
        }

        Learnt?.Invoke(new LearningEvent { Kind = LearningEventKind.Reported, Group = group, At = now, IsRight = isRight, Features = features });
    }

    /// <summary>Takes note of a question whose answer says the same as a group's.</summary>
    /// <param name="group">The group.</param>
    /// <param name="unitVector">The question's vector, of length 1.</param>
    /// <param name="firstUnitVector">The vector of the question that it was compared with, for a group that had no other.</param>
    public void Join(ulong group, ReadOnlySpan<float> unitVector, ReadOnlySpan<float> firstUnitVector)
    {
        lock (_lock)
        {
            _groups.FindOrAdd(group).Add(unitVector, firstUnitVector);
        }

        Learnt?.Invoke(new LearningEvent { Kind = LearningEventKind.Joined, Group = group, Vector = unitVector.ToArray(), FirstVector = firstUnitVector.ToArray() });
    }

    /// <summary>Gets work to do off the request path, if it is time to fit anew.</summary>
    /// <returns><see langword="null"/> when it is not; otherwise <see cref="EndRefit"/> must follow.</returns>
    public RefitWork? TryBeginRefit()
    {
        lock (_lock)
        {
            // What others have learnt counts as if it had been asked here.
            var requests = _requests + _learntElsewhere;
            if (_isRefitting || requests < _nextRefit || _labels.Count < _plan.LeastLabels)
            {
                return null;
            }

            var labels = _labels.ToArray();
            var right = labels.Count(label => label.IsRight);
            var window = _window.ToArray();
            _nextRefit = requests + Math.Max(LeastRefitInterval, requests / RequestsPerRefit);
            if (right < _plan.LeastOfEach || labels.Length - right < _plan.LeastOfEach || !window.Any(features => features is not null))
            {
                return null;
            }

            _isRefitting = true;
            return new RefitWork(labels, window, _maxErrorRate, _plan);
        }
    }

    /// <summary>Takes the result of a refit; <see langword="null"/> if it failed or was stopped.</summary>
    public void EndRefit(Refit? refit)
    {
        lock (_lock)
        {
            _isRefitting = false;
            if (refit is null)
            {
                return;
            }

            _model = refit.Model;
            if (_trips == 0)
            {
                // After an alarm, labels from before it show what answers were like then.
                _start.LookBack(refit.Decisions, refit.Wrong);
            }
        }
    }

    private BudgetDecision Judge(Neighbour candidate, MatchFeatures features)
    {
        Span<double> raw = stackalloc double[MatchFeatures.Count];
        features.CopyTo(raw);
        var probability = _model?.Probability(raw) ?? 0;
        var wouldServe = _model is not null && probability >= _model.CutOff && !IsSuspect(candidate);
        return new BudgetDecision(candidate, features, probability, wouldServe, wouldServe && _start.IsOpen, RiskOf(probability));
    }

    private QuestionRisk? RiskOf(double probability) => _plan.FollowsQuestions && _model is { } model ? QuestionRisk.Of(model.Repair * (1 - probability), _maxErrorRate, _served) : null;

    private bool IsSuspect(Neighbour neighbour) => _groups.Find(neighbour.Group)?.IsSuspect(neighbour) == true;

    private void Suspect(ulong group, DateTimeOffset now)
    {
        var record = _groups.FindOrAdd(group);
        record.SuspectBefore = now;
        record.Cleared.Clear();
    }

    private void Label(ulong group, MatchFeatures features, bool isRight, DateTimeOffset now)
    {
        _labels.Add(new BudgetLabel(features, isRight, now));
        Count(group, isRight);
    }

    private void Count(ulong group, bool isRight)
    {
        var record = _groups.FindOrAdd(group);
        record.Right += isRight ? 1 : 0;
        record.Wrong += isRight ? 0 : 1;
    }

    private bool Audit(bool isRight)
    {
        _audits++;
        _wrongAudits += isRight ? 0 : 1;
        if (!_breaker.Add(isRight))
        {
            return false;
        }

        _trips++;
        _start.Close();
        return true;
    }
}
