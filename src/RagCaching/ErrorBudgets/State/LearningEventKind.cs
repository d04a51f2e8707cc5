namespace RagCaching.ErrorBudgets.State;

/// <summary>What a budget has learnt from. The numbers are stored.</summary>
internal enum LearningEventKind
{
    /// <summary>A question was answered anew, and the answers were compared.</summary>
    Answered = 1,

    /// <summary>Somebody said whether an answer was right.</summary>
    Reported = 2,

    /// <summary>An answer says the same as a group of others.</summary>
    Joined = 3,
}
