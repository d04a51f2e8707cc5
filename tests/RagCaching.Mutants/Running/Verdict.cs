namespace RagCaching.Mutants.Running;

/// <summary>What became of a mutant.</summary>
internal enum Verdict
{
    /// <summary>A test noticed it.</summary>
    Killed,

    /// <summary>No test noticed it.</summary>
    Survived,

    /// <summary>It is no program.</summary>
    Invalid,

    /// <summary>What it replaces is not in its file, or more than once.</summary>
    Stale,
}
