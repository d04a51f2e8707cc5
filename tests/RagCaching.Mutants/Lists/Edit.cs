namespace RagCaching.Mutants.Lists;

/// <summary>A part of a line, and what takes its place.</summary>
internal sealed record Edit(string Old, string New);
