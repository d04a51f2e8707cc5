namespace RagCaching.Semantic.Entries.Answers;

/// <summary>What of an answer is kept.</summary>
/// <param name="MaxLength">The most UTF-16 code units to keep; a longer answer is refused, and its text dropped.</param>
/// <param name="CacheableTools">The tools that may have been called on the way, with the longest time that an answer from each stays valid; <c>*</c> is every other tool. <see langword="null"/> for none.</param>
/// <param name="KeepsToolCalls">Whether the calls of tools and their results are kept, too; otherwise what comes after the last result is.</param>
/// <param name="StoresHosted">Whether an answer is kept that has the id of a conversation at the provider.</param>
internal sealed record RecordingRules(int MaxLength, IReadOnlyDictionary<string, TimeSpan?>? CacheableTools = null, bool KeepsToolCalls = false, bool StoresHosted = false)
{
    /// <summary>The name that stands for every tool that is not named itself.</summary>
    public const string AnyTool = "*";

    /// <summary>Tells whether an answer for which a tool was called may be stored.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="timeToLive">Receives for how long at most; <see langword="null"/> for no limit of its own.</param>
    public bool IsCacheable(string tool, out TimeSpan? timeToLive)
    {
        timeToLive = null;
        return CacheableTools is { Count: > 0 } tools && (tools.TryGetValue(tool, out timeToLive) || tools.TryGetValue(AnyTool, out timeToLive));
    }
}
