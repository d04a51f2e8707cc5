using System.Collections.ObjectModel;
using Microsoft.Extensions.AI;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Chat.Requests;

/// <summary>Which of the tools of a request merely read: those that the host names, and those that are marked.</summary>
internal static class CacheableToolSet
{
    /// <summary>Finds them.</summary>
    /// <param name="named">The tools that the host names.</param>
    /// <param name="offered">The tools of the request; <see langword="null"/> for none.</param>
    /// <param name="behind">The tools that are called behind the cache without being offered; <see langword="null"/> for none.</param>
    /// <returns>Their names, each with the longest time for which an answer from it stays valid.</returns>
    public static IReadOnlyDictionary<string, TimeSpan?> Of(IReadOnlyDictionary<string, TimeSpan?> named, IList<AITool>? offered, IList<AITool>? behind)
    {
        if (offered is not { Count: > 0 } && behind is not { Count: > 0 })
        {
            return named;
        }

        Dictionary<string, TimeSpan?>? found = null;
        HashSet<string>? unmarked = null;
        foreach (var tool in (offered ?? []).Concat(behind ?? []))
        {
            if (named.ContainsKey(tool.Name))
            {
                continue;
            }

            if (!CacheableMark.TryRead(tool, out var timeToLive))
            {
                (unmarked ??= new(StringComparer.Ordinal)).Add(tool.Name);
                continue;
            }

            // Two tools of one name: the shorter time counts.
            found ??= new(named, StringComparer.Ordinal);
            found[tool.Name] = found.TryGetValue(tool.Name, out var other) && (timeToLive is null || other < timeToLive) ? other : timeToLive;
        }

        if (found is null)
        {
            return named;
        }

        foreach (var name in unmarked ?? [])
        {
            found.Remove(name);
        }

        return found;
    }

    /// <summary>Tells whether one of the tools may have been called on the way to an answer that is stored.</summary>
    public static bool HasAny(IReadOnlyDictionary<string, TimeSpan?> cacheable, IList<AITool> offered) =>
        cacheable.ContainsKey(RecordingRules.AnyTool) || offered.Any(tool => cacheable.ContainsKey(tool.Name));

    /// <summary>Copies what the host names.</summary>
    public static IReadOnlyDictionary<string, TimeSpan?> Copy(IDictionary<string, TimeSpan?> named) =>
        named.Count == 0 ? ReadOnlyDictionary<string, TimeSpan?>.Empty : new Dictionary<string, TimeSpan?>(named, StringComparer.Ordinal);
}
