using RagCaching.Mutants.Lists;

namespace RagCaching.Mutants.Running;

/// <summary>What became of a mutant, and by which test or for which reason.</summary>
internal sealed record Outcome(Mutant Mutant, Verdict Verdict, string Detail);
