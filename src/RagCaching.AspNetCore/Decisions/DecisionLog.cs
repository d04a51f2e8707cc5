using System.Diagnostics.CodeAnalysis;

namespace RagCaching.AspNetCore.Decisions;

/// <summary>Holds the newest decisions of a cache. Thread-safe.</summary>
internal sealed class DecisionLog(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Queue<Decision> _decisions = new();
    private long _last;

    public void Add(Decision decision)
    {
        lock (_lock)
        {
            if (_decisions.Count == capacity)
            {
                _decisions.Dequeue();
            }

            decision.Id = ++_last;
            _decisions.Enqueue(decision);
        }
    }

    /// <summary>Copies the decisions about a scope, newest first.</summary>
    /// <param name="scope">The scope; <see langword="null"/> for all.</param>
    public Decision[] Read(CacheScope? scope) => [.. Copy().Reverse().Where(decision => scope is null || scope.Equals(decision.Scope))];

    public bool TryFind(long id, CacheScope? scope, [NotNullWhen(true)] out Decision? found)
    {
        found = Copy().FirstOrDefault(decision => decision.Id == id && (scope is null || scope.Equals(decision.Scope)));
        return found is not null;
    }

    // Requests wait for the lock: nothing is done under it that takes time.
    private Decision[] Copy()
    {
        lock (_lock)
        {
            return _decisions.ToArray();
        }
    }
}
