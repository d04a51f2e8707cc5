namespace RagCaching.Pipeline.Caching;

/// <summary>Gives each scope a name of its own, by which what is kept for it is kept apart.</summary>
/// <param name="sharesAcrossCallers">Whether questions without a scope have the shared one.</param>
/// <param name="capacity">How many scopes are remembered.</param>
/// <remarks>
/// Names are numbers that are never given again. When there are too many scopes, all are forgotten: what was kept under the old names is never found again, and is displaced or expires. Thread-safe.
/// </remarks>
internal sealed class ScopeNames(bool sharesAcrossCallers, int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CacheScope, string> _names = [];
    private long _last;

    /// <summary>Gets the name of a scope.</summary>
    /// <returns><see langword="null"/> where it is unknown who asks, and nothing is shared.</returns>
    public string? Of(CacheScope? scope)
    {
        if ((scope ?? (sharesAcrossCallers ? CacheScope.Shared : null)) is not { } known)
        {
            return null;
        }

        lock (_lock)
        {
            if (_names.TryGetValue(known, out var name))
            {
                return name;
            }

            if (_names.Count >= capacity)
            {
                _names.Clear();
            }

            return _names[known] = $"scope {++_last}";
        }
    }
}
