namespace RagCaching.Chaos.Faults;

/// <summary>The ways in which an operation can go wrong.</summary>
public enum FaultKind
{
    None,

    /// <summary>It throws before it returns a task.</summary>
    ThrowsAtOnce,

    /// <summary>It returns a task that has already failed.</summary>
    FailsAtOnce,

    /// <summary>It fails some time after it was called: when the plan says so.</summary>
    FailsLater,

    /// <summary>It is carried out, and fails then: its caller cannot know.</summary>
    FailsAfterwards,

    /// <summary>It never ends by itself, but listens to its token.</summary>
    HangsUntilCancelled,

    /// <summary>It never ends by itself and does not listen to its token, as a Redis client.</summary>
    IgnoresItsToken,

    /// <summary>It returns no task at all; a default value where a task is no reference.</summary>
    ReturnsNull,

    /// <summary>It answers with what the double calls garbage.</summary>
    AnswersGarbage,
}
