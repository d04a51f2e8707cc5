using CsCheck;
using static RagCaching.Tests.TestDoubles.SynchronousCalls;

namespace RagCaching.Tests.VectorStores.InMemory;

/// <summary>Whatever runs at the same time leaves what it could have left one after the other.</summary>
public sealed class InMemoryVectorStoreLinearizabilityTests
{
    private const string Partition = "partition";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public void Operations_InParallel_LeaveWhatSomeOrderOfThemLeaves()
    {
        var id = Gen.Int[0, 3];
        var upsert = Gen.Select(id, Gen.Int[0, 3]).Operation<InMemoryVectorStore>(
            values => $"Upsert{values}", (store, values) => Done(store.UpsertAsync(Entry(values.Item1, values.Item2), CancellationToken.None)));
        var remove = id.Operation<InMemoryVectorStore>(
            value => $"Remove({value})", (store, value) => Done(store.RemoveAsync(Partition, $"{value}", CancellationToken.None)));
        var describe = Gen.Select(id, Gen.Int[0, 3]).Operation<InMemoryVectorStore>(
            values => $"SetMetadata{values}",
            (store, values) => Done(store.SetMetadataAsync(Partition, $"{values.Item1}", new byte[] { (byte)values.Item2 }, CancellationToken.None)));
        var search = Gen.Int[0, 3].Operation<InMemoryVectorStore>(
            value => $"Search({value})",
            (store, value) => Done(store.SearchAsync(new VectorQuery { Partition = Partition, Vector = VectorOf(value), MinimumSimilarity = 0.5f }, CancellationToken.None)));

        Gen.Const(0).Select(_ => new InMemoryVectorStore()).SampleParallel(
            upsert, remove, describe, search, equal: static (first, second) => State(first) == State(second), iter: 500);
    }

    private static string State(InMemoryVectorStore store) => string.Join(
        ' ',
        Enumerable.Range(0, 4)
            .Select(id => Done(store.GetAsync(Partition, $"{id}", CancellationToken.None)))
            .OfType<VectorEntry>()
            .Select(entry => $"{entry.Id}:{entry.Payload.Span[0]}:{(entry.Metadata.IsEmpty ? -1 : entry.Metadata.Span[0])}:{entry.Vector.Span.IndexOf(1f)}"));

    private static VectorEntry Entry(int id, int version) => new()
    {
        Partition = Partition,
        Id = $"{id}",
        Vector = VectorOf(version),
        Payload = new byte[] { (byte)version },
        CreatedAt = Now,
        ExpiresAt = Now.AddDays(1),
    };

    private static float[] VectorOf(int version)
    {
        var vector = new float[64];
        vector[version] = 1;
        return vector;
    }
}
