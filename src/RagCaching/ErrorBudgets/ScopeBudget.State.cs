using RagCaching.Calibration.Statistics;
using RagCaching.ErrorBudgets.State;

namespace RagCaching.ErrorBudgets;

internal sealed partial class ScopeBudget
{
    // The probability that the reported bound is ever wrong.
    private const double BoundAlpha = 0.05;

    /// <summary>Copies what was learnt.</summary>
    public BudgetState Export()
    {
        lock (_lock)
        {
            return new BudgetState
            {
                MaxErrorRate = _maxErrorRate,
                Requests = _requests,
                Served = _served,
                Audits = _audits,
                WrongAudits = _wrongAudits,
                Trips = _trips,
                IsOpen = _start.IsOpen,
                GateDecisions = _start.Decisions,
                GateWrong = _start.Wrong,
                Evidence = _breaker.Evidence.ToArray(),
                Model = _model,
                Labels = _labels.ToArray(),
                Window = _window.ToArray(),
                Groups = [.. _groups.Records.Select(group => KeyValuePair.Create(group.Key, group.Value.Copy()))],
            };
        }
    }

    /// <summary>Takes up what was learnt before, unless something was learnt since.</summary>
    /// <remarks>
    /// What belongs to another budget than the one that is configured now is not taken: labels, groups and audits are facts, but whether to
    /// serve has to be found out anew.
    /// </remarks>
    public void Restore(BudgetState state)
    {
        lock (_lock)
        {
            if (_requests > 0)
            {
                return;
            }

            (_requests, _served, _audits, _wrongAudits, _trips) = (state.Requests, state.Served, state.Audits, state.WrongAudits, state.Trips);
            _labels.Restore(state.Labels);
            _window.Restore(state.Window);
            foreach (var (group, record) in state.Groups)
            {
                _groups.Set(group, record);
            }

            if (state.MaxErrorRate == _maxErrorRate)
            {
                _model = state.Model;
                _nextRefit = _requests + LeastRefitInterval;
                _start.Restore(state.IsOpen, state.GateDecisions, state.GateWrong);
                _breaker.Restore(state.Evidence);
            }
        }
    }

    /// <summary>Tells how the scope is doing.</summary>
    public ErrorBudgetStatistics Read()
    {
        lock (_lock)
        {
            return new ErrorBudgetStatistics
            {
                IsServing = _start.IsOpen && _model is not null,
                Requests = _requests,
                Served = _served,
                Labels = _labels.Count,
                Audits = _audits,
                WrongAudits = _wrongAudits,
                ErrorRateUpper = ErrorRateBound.Upper(_wrongAudits, _audits, _maxErrorRate, BoundAlpha),
                BreakerTrips = _trips,
                HasInherited = _plan.IsInherited,
            };
        }
    }
}
