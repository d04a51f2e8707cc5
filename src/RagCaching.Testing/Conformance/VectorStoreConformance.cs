using RagCaching.Testing.Conformance.Stores;

namespace RagCaching;

/// <summary>The contract of <see cref="IVectorStore"/> as a list of checks, for any test framework.</summary>
/// <remarks>The stores of RagCaching are tested with exactly this list. Thread-safe.</remarks>
public static class VectorStoreConformance
{
    /// <summary>Gets the checks, in a fixed order.</summary>
    /// <value>Run each one as a test case of its own. A store conforms if none throws.</value>
    public static IReadOnlyList<ConformanceCheck<VectorStoreSubject>> Checks { get; } =
        [.. WritingChecks.All, .. RefusalChecks.All, .. RemovalChecks.All, .. SearchChecks.All, .. SearchLimitChecks.All, .. ExpiryChecks.All, .. FilterChecks.All, .. SharingChecks.All];

    /// <summary>Gets a check by its name, for test frameworks whose cases are texts.</summary>
    /// <param name="name">The name of a check in <see cref="Checks"/>.</param>
    /// <returns>The check.</returns>
    /// <exception cref="ArgumentException">There is no such check.</exception>
    public static ConformanceCheck<VectorStoreSubject> Find(string name) =>
        Checks.FirstOrDefault(check => check.Name == name) ?? throw new ArgumentException($"There is no check '{name}' of vector stores.", nameof(name));
}
