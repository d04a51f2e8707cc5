namespace RagCaching.Mutants.Running;

/// <summary>How a run of tests ended.</summary>
/// <param name="Total">How many were run; those of a theory count one by one.</param>
/// <param name="Failed">The names of those that failed.</param>
/// <param name="Output">What the run wrote.</param>
internal sealed record TestRun(int Total, IReadOnlyList<string> Failed, string Output);
