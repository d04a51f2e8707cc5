namespace RagCaching;

/// <summary>Refuses to serve an answer to a question that differs from the stored one in something that matters, however similar the vectors are.</summary>
/// <remarks>
/// A guard looks at the two questions only, calls no model and takes microseconds: it runs on every candidate of every lookup. It must
/// be thread-safe. When it throws, the candidate is refused and the failure counted.
/// </remarks>
public interface IMatchGuard
{
    /// <summary>Gets a short, constant name for logs and metrics.</summary>
    string Name { get; }

    /// <summary>Decides whether the answer to one question may be served to another.</summary>
    /// <param name="question">The question being asked.</param>
    /// <param name="candidate">The stored question.</param>
    /// <returns>Whether the answer may be served, as far as this guard can tell.</returns>
    bool Allows(string question, string candidate);
}
