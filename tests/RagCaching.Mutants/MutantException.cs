namespace RagCaching.Mutants;

/// <summary>The run cannot go on; the message says why.</summary>
internal sealed class MutantException(string message) : Exception(message);
