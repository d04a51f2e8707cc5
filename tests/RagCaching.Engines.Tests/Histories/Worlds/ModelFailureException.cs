namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>A model fails, which every caller that waits for it may see.</summary>
internal sealed class ModelFailureException() : Exception("The model fails.");
