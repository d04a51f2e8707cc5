using System.Collections.Concurrent;

namespace RagCaching.Money;

/// <summary>What was saved and spent in one scope, or in all. Thread-safe.</summary>
internal sealed class ScopeAccount(string label)
{
    /// <summary>So many models are told apart; what else there is counts as not known.</summary>
    public const int MostModels = 64;

    private readonly ConcurrentDictionary<string, ModelAccount> _models = new(StringComparer.Ordinal);
    private long _requests;
    private long _savedTicks;
    private int _isJudged;
    private volatile ModelAccount? _last;

    /// <summary>Gets the digest of the scope.</summary>
    public string Label { get; } = label;

    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Counts a request.</summary>
    /// <returns>How many there are now.</returns>
    public long Requested() => Interlocked.Increment(ref _requests);

    /// <summary>Counts time that nobody had to wait.</summary>
    public void SavedTime(TimeSpan time) => Interlocked.Add(ref _savedTicks, time.Ticks);

    /// <summary>Tells the first caller that the scope costs more than it saves, and nobody else.</summary>
    public bool TryJudge() => _isJudged == 0 && Read().NetBenefit < 0 && Interlocked.Exchange(ref _isJudged, 1) == 0;

    // Most scopes have one model.
    public ModelAccount Of(string model) => _last is { } last && last.Model == model ? last : _last = _models.TryGetValue(model, out var known) ? known : Add(model);

    public SemanticCacheBalance Read() => new()
    {
        Requests = Requests,
        SavedTime = TimeSpan.FromTicks(Interlocked.Read(ref _savedTicks)),
        Models = [.. _models.Values.Select(static model => model.Read()).OrderByDescending(static model => model.Saved.InputTokens + model.Saved.OutputTokens).ThenBy(static model => model.Model, StringComparer.Ordinal)],
    };

    private ModelAccount Add(string model) => _models.Count < MostModels || model.Length == 0
        ? _models.GetOrAdd(model, static name => new ModelAccount(name))
        : Of("");
}
