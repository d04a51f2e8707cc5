using RagCaching.Testing.Conformance.Journals;

namespace RagCaching;

/// <summary>The contract of <see cref="IVectorJournal"/>, and of <see cref="IJournalLeases"/> where a journal has it, as a list of checks, for any test framework.</summary>
/// <remarks>The journals of RagCaching are tested with exactly this list. Thread-safe.</remarks>
public static class VectorJournalConformance
{
    /// <summary>Gets the checks, in a fixed order.</summary>
    /// <value>Run each one as a test case of its own. A journal conforms if none throws.</value>
    public static IReadOnlyList<ConformanceCheck<VectorJournalSubject>> Checks { get; } =
        [.. OpeningChecks.All, .. IncarnationChecks.All, .. EntryChecks.All, .. OrderChecks.All, .. JournalRemovalChecks.All, .. CoordinationChecks.All, .. LeaseChecks.All];

    /// <summary>Gets a check by its name, for test frameworks whose cases are texts.</summary>
    /// <param name="name">The name of a check in <see cref="Checks"/>.</param>
    /// <returns>The check.</returns>
    /// <exception cref="ArgumentException">There is no such check.</exception>
    public static ConformanceCheck<VectorJournalSubject> Find(string name) =>
        Checks.FirstOrDefault(check => check.Name == name) ?? throw new ArgumentException($"There is no check '{name}' of journals.", nameof(name));
}
