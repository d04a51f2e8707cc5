namespace RagCaching.Tests.TestDoubles;

/// <summary>The ways in which a storage operation can go wrong.</summary>
public enum StorageFault
{
    None,

    /// <summary>It throws before it returns a task.</summary>
    ThrowsAtOnce,

    /// <summary>It returns a task that has already failed.</summary>
    FailsAtOnce,

    /// <summary>It fails some time after it was called.</summary>
    FailsLater,

    /// <summary>It never ends by itself, but listens to its token.</summary>
    HangsUntilCancelled,

    /// <summary>It never ends by itself and does not listen to its token, as a Redis client.</summary>
    IgnoresItsToken,

    /// <summary>It returns no task at all.</summary>
    ReturnsNull,
}
