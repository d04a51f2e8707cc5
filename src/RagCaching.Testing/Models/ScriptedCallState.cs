namespace RagCaching;

/// <summary>Specifies what became of a call of a <see cref="ScriptedChatClient"/>.</summary>
public enum ScriptedCallState
{
    /// <summary>The call goes on.</summary>
    Running,

    /// <summary>The caller has the whole answer.</summary>
    Completed,

    /// <summary>The call threw what its script says.</summary>
    Failed,

    /// <summary>The caller cancelled, or stopped reading.</summary>
    Abandoned,
}
