using RagCaching.VectorData.Tests.Postgres;

namespace RagCaching.VectorData.Tests.Conformance;

/// <summary>The contract of stores, over PostgreSQL with an approximate index that filters after the search, and keys of another type.</summary>
public sealed class PostgresGuidConformanceTests(PgliteServer server) : PostgresConformanceTests(server)
{
    protected override VectorDataOptions Options => new() { Schema = new VectorDataSchema { GuidKeys = true, IndexKind = "Hnsw", DistanceFunction = "CosineDistance" } };
}
