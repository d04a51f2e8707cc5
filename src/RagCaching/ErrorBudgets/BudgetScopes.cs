using BitFaster.Caching.Lru;
using RagCaching.Diagnostics;
using RagCaching.ErrorBudgets.Inheritance;
using RagCaching.ErrorBudgets.Model;
using RagCaching.ErrorBudgets.State;
using RagCaching.Internal;
using RagCaching.Internal.Faults;
using RagCaching.VectorStores;

namespace RagCaching.ErrorBudgets;

/// <summary>The error budgets of the scopes that were active lately: loads them, refits them off the request path, and saves them.</summary>
internal sealed class BudgetScopes : IDisposable
{
    private const int ActiveScopes = 4_096;
    private const int WaitingRefits = 1_024;
    private static readonly TimeSpan SaveInterval = TimeSpan.FromMinutes(1);

    private readonly ErrorBudgetOptions _options;
    private readonly FitPlan _plan;
    private readonly BudgetStore? _store;
    private readonly ILearningFeed? _feed;
    private readonly FaultReporting _reporting;
    private readonly ConcurrentLru<string, Slot> _slots = new(ActiveScopes);
    private readonly HostExperience? _experience;
    private readonly CancellationTokenSource _stopping = new();
    private readonly FaultBarrier _refits;
    private readonly FaultBarrier _saves;
    private WorkQueue<(Slot Slot, RefitWork? Work)>? _queue;

    /// <summary>Creates the table of scopes.</summary>
    /// <param name="options">The budget.</param>
    /// <param name="plan">How scopes are fitted.</param>
    /// <param name="store">Where what was learnt is kept; <see langword="null"/> if it ends with the process.</param>
    /// <param name="feed">Through which instances tell each other; <see langword="null"/> if this one is alone.</param>
    /// <param name="reporting">Where failures are counted.</param>
    public BudgetScopes(ErrorBudgetOptions options, FitPlan plan, BudgetStore? store, ILearningFeed? feed, FaultReporting reporting)
    {
        _options = options;
        _plan = plan;
        _store = store;
        _feed = feed;
        _reporting = reporting;
        _experience = options.MayInherit && !plan.IsMeasured ? new HostExperience() : null;
        _refits = new FaultBarrier(TelemetryNames.Operations.Learn, reporting);
        _saves = new FaultBarrier(TelemetryNames.Operations.Learn, reporting, static (logger, _, exception) => Log.BudgetNotSaved(logger, exception));
        feed?.OnLearnt(LearnFromAnother);
    }

    private WorkQueue<(Slot Slot, RefitWork? Work)> Queue =>
        _queue ?? Interlocked.CompareExchange(ref _queue, new WorkQueue<(Slot, RefitWork?)>(WorkAsync, concurrency: 1, WaitingRefits), null) ?? _queue;

    /// <summary>Gets the budget of a scope, with what was learnt before.</summary>
    /// <exception cref="Exception">The store failed; the next request tries again.</exception>
    public async ValueTask<ScopeBudget> GetAsync(string scopeLabel, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(scopeLabel, static (label, self) => self.NewSlot(label), this);
        if (_store is not null && !slot.IsLoaded)
        {
            if (await _store.LoadAsync(scopeLabel, cancellationToken).ConfigureAwait(false) is { } state)
            {
                slot.Budget.Restore(state);
            }

            slot.IsLoaded = true;
        }

        return slot.Budget;
    }

    /// <summary>Gets the budget of a scope, or one with what was learnt before, without taking the scope for active.</summary>
    /// <exception cref="Exception">The store failed.</exception>
    public async ValueTask<ScopeBudget> PeekAsync(string scopeLabel, CancellationToken cancellationToken)
    {
        if (_slots.TryGet(scopeLabel, out var slot) && (_store is null || slot.IsLoaded))
        {
            return slot.Budget;
        }

        var budget = NewSlot(scopeLabel).Budget;
        if (_store is not null && await _store.LoadAsync(scopeLabel, cancellationToken).ConfigureAwait(false) is { } state)
        {
            budget.Restore(state);
        }

        return budget;
    }

    /// <summary>Gets the budget of a scope if it was active lately.</summary>
    public ScopeBudget? Find(string scopeLabel) => _slots.TryGet(scopeLabel, out var slot) ? slot.Budget : null;

    /// <summary>Forgets a scope, or all of them.</summary>
    public void Forget(string? scopeLabel)
    {
        _experience?.Forget(scopeLabel);
        if (scopeLabel is null)
        {
            _slots.Clear();
        }
        else
        {
            _slots.TryRemove(scopeLabel);
        }
    }

    /// <summary>Starts a refit if it is time for one; returns at once.</summary>
    public void RefitIfDue(string scopeLabel, ScopeBudget budget)
    {
        if (budget.TryBeginRefit() is not { } work)
        {
            return;
        }

        if (!_slots.TryGet(scopeLabel, out var slot) || slot.Budget != budget || !Queue.TryAdd((slot, work)))
        {
            budget.EndRefit(null);
        }
    }

    /// <summary>Waits until no refit is running or waiting, and everything learnt is saved.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await Queue.WhenIdleAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var slot in _slots.Select(pair => pair.Value).ToArray())
        {
            await SaveAsync(slot, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops refits: the running one ends between two steps, the others are dropped.</summary>
    public void Dispose()
    {
        // Not disposed: a refit may still look at the token, and there is no timer or handle to release.
        _stopping.Cancel();
        foreach (var (slot, _) in Queue.Stop())
        {
            slot.Budget.EndRefit(null);
        }
    }

    private Slot NewSlot(string scopeLabel) => new(scopeLabel, new ScopeBudget(_options.MaxErrorRate, _options.StrictStart, _experience?.PlanFor(_plan) ?? _plan)
    {
        Learnt = _feed is { } feed ? learnt => feed.Publish(scopeLabel, LearningEventCodec.Encode(learnt)) : null,
    });

    // A scope that is not active here will read what was saved when it becomes so.
    private void LearnFromAnother(string scopeLabel, ReadOnlyMemory<byte> content)
    {
        if (LearningEventCodec.TryDecode(content.Span) is not { } learnt)
        {
            _reporting.Counter.Failed(TelemetryNames.Operations.Parse, TelemetryNames.Errors.InvalidEntry);
        }
        else if (Find(scopeLabel) is { } budget)
        {
            budget.LearnFromAnother(learnt);
            RefitIfDue(scopeLabel, budget);
        }
    }

    // A scope that was forgotten while it was fitted hands nothing on.
    private bool IsActive(Slot slot) => _slots.TryGet(slot.ScopeLabel, out var active) && active == slot;

    private async Task WorkAsync((Slot Slot, RefitWork? Work) item)
    {
        var (slot, work) = item;
        var refit = work is null ? null : _refits.Run(static run => run.Work.Run(run.Token), (Work: work, _stopping.Token), fallback: null);
        slot.Budget.EndRefit(refit);
        if (refit?.Experience is { } experience && IsActive(slot))
        {
            _experience?.Learn(slot.ScopeLabel, experience);
        }

        if (slot.SavedAt is null || _reporting.Time.GetElapsedTime(slot.SavedAt.Value) >= SaveInterval)
        {
            await SaveAsync(slot, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async ValueTask SaveAsync(Slot slot, CancellationToken cancellationToken)
    {
        if (_store is null || !slot.IsLoaded)
        {
            return;
        }

        slot.SavedAt = _reporting.Time.GetTimestamp();
        await _saves.RunAsync(
            static async (save, token) =>
            {
                await save.Store.SaveAsync(save.Slot.ScopeLabel, save.Slot.Budget.Export(), token).ConfigureAwait(false);
                return true;
            },
            (Store: _store, Slot: slot),
            fallback: false,
            cancellationToken).ConfigureAwait(false);
    }

    private sealed class Slot(string scopeLabel, ScopeBudget budget)
    {
        private volatile bool _isLoaded;

        public string ScopeLabel => scopeLabel;

        public ScopeBudget Budget => budget;

        public long? SavedAt { get; set; }

        public bool IsLoaded
        {
            get => _isLoaded;
            set => _isLoaded = value;
        }
    }
}
