namespace RagCaching;

/// <summary>Refuses a stored answer when the question differs from the stored one in something that matters, however similar the vectors are.</summary>
/// <remarks>
/// A guard runs on every candidate of every lookup. It considers only the two questions, calls no model and should take microseconds. It must
/// be thread-safe. If it throws, the candidate is refused and the failure is counted.
/// </remarks>
public interface IMatchGuard
{
    /// <summary>Gets a short, constant name for logs and metrics.</summary>
    string Name { get; }

    /// <summary>Decides whether the answer to one question may be served to another.</summary>
    /// <param name="question">The question being asked.</param>
    /// <param name="candidate">The stored question.</param>
    /// <returns><see langword="true"/> if this guard has no objection to serving the answer.</returns>
    bool Allows(string question, string candidate);

    /// <summary>Decides as <see cref="Allows"/> does, and names the rule that speaks against it.</summary>
    /// <param name="question">The question being asked.</param>
    /// <param name="candidate">The stored question.</param>
    /// <returns>
    /// <see langword="null"/> where this guard has no objection; otherwise a short name out of a few, for logs, metrics and <see cref="SemanticCacheCandidate.GuardRule"/>. By default the name of the guard.
    /// </returns>
    /// <remarks>The cache calls this method, once for each candidate. A guard that overrides it must say the same in <see cref="Allows"/>.</remarks>
    string? RuleAgainst(string question, string candidate) => Allows(question, candidate) ? null : Name;
}
