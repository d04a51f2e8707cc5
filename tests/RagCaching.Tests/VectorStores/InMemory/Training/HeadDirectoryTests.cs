using RagCaching.Tests.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Capacity;
using RagCaching.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Rows;
using RagCaching.VectorStores.InMemory.Training;

namespace RagCaching.Tests.VectorStores.InMemory.Training;

public sealed class HeadDirectoryTests : IDisposable
{
    private const int Dimensions = 64;

    private readonly List<PartitionIndex> _partitions = [];
    private readonly List<Exception> _failures = [];
    private readonly StoreBudget _budget = new(int.MaxValue, long.MaxValue, maxOwnerShare: 1);
    private readonly HeadDirectory _directory;

    public HeadDirectoryTests() => _directory = new HeadDirectory(() => [.. _partitions], TimeProvider.System, _failures.Add);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Of_PartitionsOfTwoModels_ShareAnEncodingWithThoseOfTheSameModelOnly()
    {
        foreach (var name in (string[])["first", "second", "small"])
        {
            _partitions.Add(new PartitionIndex(name, _directory));
        }

        Fill(_partitions[0], "one", ModelHeads.FirstTraining, seed: 1);
        Fill(_partitions[1], "other", ModelHeads.FirstTraining, seed: 2);
        Fill(_partitions[2], "one", ModelHeads.FewestRows, seed: 1);
        await _directory.WhenIdleAsync();

        Assert.Empty(_failures);
        Assert.NotNull(EncodingOf(0));
        Assert.NotNull(EncodingOf(1));
        Assert.NotSame(EncodingOf(0), EncodingOf(1));
        Assert.Same(EncodingOf(0), EncodingOf(2));
        Assert.Same(_partitions[0].Heads, _directory.Of(Dimensions, "one"));
    }

    [Fact]
    public async Task Of_TooFewVectorsOfEachModel_TrainsNothing()
    {
        _partitions.AddRange([new PartitionIndex("first", _directory), new PartitionIndex("second", _directory)]);
        Fill(_partitions[0], "one", ModelHeads.FirstTraining - 1, seed: 1);
        Fill(_partitions[1], model: null, ModelHeads.FirstTraining - 1, seed: 1);
        await _directory.WhenIdleAsync();

        Assert.Null(EncodingOf(0));
        Assert.Null(EncodingOf(1));
    }

    private HeadEncoding? EncodingOf(int partition) => _partitions[partition].Segments[0].Codes.Heads?.Encoding;

    private void Fill(PartitionIndex partition, string? model, int count, int seed)
    {
        var source = new VectorSource(Dimensions, seed);
        for (var i = 0; i < count; i++)
        {
            var row = AdversarialData.Unit(source.Next());
            var entry = new VectorEntry
            {
                Partition = partition.Name,
                Id = $"{i}",
                Vector = row.AsMemory(0, Dimensions),
                EmbeddingModel = model,
                CreatedAt = DateTimeOffset.UnixEpoch,
                ExpiresAt = DateTimeOffset.MaxValue,
            };
            lock (partition.Gate)
            {
                Assert.Equal(WriteStatus.Done, partition.TryUpsert(entry, row, long.MaxValue, _budget));
            }
        }
    }
}
