namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>The codes of one vector on their way into a segment, computed before anybody has to wait for them.</summary>
internal sealed class CodeScratch
{
    /// <summary>Gets the codes for the encoding that searches read.</summary>
    public SketchCodes Current { get; } = new();

    /// <summary>Gets the codes for the encoding that is being built.</summary>
    public SketchCodes Next { get; } = new();
}
