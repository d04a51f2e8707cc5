namespace RagCaching.Testing.Conformance.Checks;

/// <summary>Ends a check in which something else happened than was promised. Its message is that sentence.</summary>
internal sealed class UnmetExpectationException(string happened) : Exception(happened);
