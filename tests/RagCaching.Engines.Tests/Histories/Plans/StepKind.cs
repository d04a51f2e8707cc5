namespace RagCaching.Engines.Tests.Histories.Plans;

/// <summary>What a worker, or the nemesis, does.</summary>
internal enum StepKind
{
    Get,
    Stream,
    Lookup,
    Store,
    RemoveId,
    RemoveScope,
    RemoveTag,
    RemoveModel,
    RemoveTagOfAll,
    ReportWrong,

    /// <summary>The clock of an instance is set wrong by up to five minutes.</summary>
    Skew,

    /// <summary>An instance is disposed under its callers, and another one takes its place.</summary>
    Restart,

    /// <summary>An instance loses its journal in the middle of everything and is gone with what it had not written; another one takes its place.</summary>
    Crash,

    /// <summary>Calls of an instance's journal go wrong in some way for a while.</summary>
    Fault,

    /// <summary>Calls of an instance's journal take some milliseconds for a while.</summary>
    Delay,

    /// <summary>An instance does not reach its journal for longer than it may serve without.</summary>
    CutOff,

    /// <summary>All goes well again.</summary>
    Heal,

    /// <summary>The server is killed and started again.</summary>
    KillServer,

    /// <summary>The server answers nobody for a while.</summary>
    FreezeServer,

    /// <summary>The engine loses everything.</summary>
    LoseData,
}
