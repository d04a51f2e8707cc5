using Microsoft.Extensions.AI;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>The tools that were called on the way to an answer: whether all of them have answered, and whether what they said may be a part of a stored answer.</summary>
internal sealed class ToolTrail(RecordingRules rules)
{
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private bool _isForbidden;
    private bool _hasFailed;

    /// <summary>Gets a value indicating whether a tool was called.</summary>
    public bool Any { get; private set; }

    /// <summary>Gets the names of the tools that were called, in order.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>Gets a value indicating whether it is clear already that the answer will not be stored.</summary>
    public bool IsRefused => _isForbidden || _hasFailed;

    /// <summary>Gets how long an answer from these tools stays valid: as long as that of the shortest. <see langword="null"/> where none sets a limit.</summary>
    public TimeSpan? TimeToLive { get; private set; }

    public void Add(FunctionCallContent call)
    {
        Any = true;
        _names.Add(call.Name);
        if (!call.InformationalOnly)
        {
            _open.Add(call.CallId);
        }

        _hasFailed |= call.Exception is not null;
        _isForbidden |= !rules.IsCacheable(call.Name, out var timeToLive);
        TimeToLive = timeToLive < (TimeToLive ?? TimeSpan.MaxValue) ? timeToLive : TimeToLive;
    }

    public void Add(FunctionResultContent result)
    {
        Any = true;
        _open.Remove(result.CallId);
        _hasFailed |= result.Exception is not null;
    }

    /// <summary>Gets why an answer with these calls is not stored.</summary>
    public AnswerRefusal Refusal =>
        _open.Count > 0 ? AnswerRefusal.ToolCall
        : _isForbidden ? AnswerRefusal.ToolNotCacheable
        : _hasFailed ? AnswerRefusal.ToolFailed
        : AnswerRefusal.None;
}
