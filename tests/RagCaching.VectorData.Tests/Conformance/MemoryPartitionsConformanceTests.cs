namespace RagCaching.VectorData.Tests.Conformance;

/// <summary>The contract of stores, with a collection for each partition.</summary>
public sealed class MemoryPartitionsConformanceTests : MemoryConformanceTests
{
    protected override VectorDataOptions Options => new() { CollectionPerPartition = true };
}
