namespace RagCaching.VectorData.Tests.Conformance;

/// <summary>The contract of stores, over a database that has neither bytes nor lists nor texts as keys, and a known number of dimensions.</summary>
public sealed class MemoryPlainConformanceTests : MemoryConformanceTests
{
    protected override VectorDataOptions Options => new() { Dimensions = 2, Schema = new VectorDataSchema { GuidKeys = true, TextContent = true, FilterLabels = false } };
}
