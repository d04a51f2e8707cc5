using RagCaching.ErrorBudgets.Model;
using RagCaching.ErrorBudgets.State;

namespace RagCaching.ErrorBudgets;

/// <content>What one instance learns, all learn: labels, audits and their alarms, reports and groups.</content>
internal sealed partial class ScopeBudget
{
    private long _learntElsewhere;

    /// <summary>Gets what is told of everything that this instance has learnt; <see langword="null"/> where there are no others.</summary>
    public Action<LearningEvent>? Learnt { get; init; }

    /// <summary>Learns what another instance has learnt.</summary>
    public void LearnFromAnother(LearningEvent learnt)
    {
        lock (_lock)
        {
            switch (learnt.Kind)
            {
                case LearningEventKind.Answered when learnt.Features is { } features && Enum.IsDefined((ExplorationKind)learnt.Exploration):
                    _learntElsewhere++;
                    var candidate = new Neighbour("", learnt.Nonce, learnt.Group, features.Similarity, learnt.StoredAt);
                    Learn(new BudgetDecision(candidate, features, learnt.Probability, learnt.WouldServe, MayServe: false, Risk: null), learnt.IsRight, (ExplorationKind)learnt.Exploration, learnt.At);
                    break;
                case LearningEventKind.Reported when learnt.Features is { } seen:
                    Label(learnt.Group, seen, learnt.IsRight, learnt.At);
                    break;
                case LearningEventKind.Reported:
                    Count(learnt.Group, learnt.IsRight);
                    break;
                case LearningEventKind.Joined:
                    _groups.FindOrAdd(learnt.Group).Add(learnt.Vector, learnt.FirstVector);
                    break;
                default:
                    break;
            }
        }
    }

    private void Tell(BudgetDecision decision, bool isRight, ExplorationKind kind, DateTimeOffset now) => Learnt?.Invoke(new LearningEvent
    {
        Kind = LearningEventKind.Answered,
        Group = decision.Candidate.Group,
        At = now,
        IsRight = isRight,
        Features = decision.Features,
        Exploration = (int)kind,
        Probability = decision.Probability,
        WouldServe = decision.WouldServe,
        Nonce = decision.Candidate.Nonce,
        StoredAt = decision.Candidate.CreatedAt,
    });
}
