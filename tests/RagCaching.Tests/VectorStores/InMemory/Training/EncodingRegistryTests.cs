using RagCaching.Tests.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Capacity;
using RagCaching.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Rows;
using RagCaching.VectorStores.InMemory.Training;

namespace RagCaching.Tests.VectorStores.InMemory.Training;

public sealed class EncodingRegistryTests : IDisposable
{
    private const int Dimensions = 64;

    private readonly List<PartitionIndex> _partitions = [];
    private readonly List<Exception> _failures = [];
    private readonly StoreCapacity _capacity = new(int.MaxValue, long.MaxValue, maxOwnerShare: 1);
    private readonly EncodingRegistry _registry;

    public EncodingRegistryTests() => _registry = new EncodingRegistry(() => [.. _partitions], TimeProvider.System, _failures.Add);

    public void Dispose() => _registry.Dispose();

    [Fact]
    public async Task Train_PartitionsOfTheModel_TellsOfEachWithCodes()
    {
        var told = new List<PartitionIndex>();
        using var registry = new EncodingRegistry(() => [.. _partitions], TimeProvider.System, _failures.Add, told.Add);
        _partitions.Add(new PartitionIndex("large", registry.Of));
        _partitions.Add(new PartitionIndex("few", registry.Of));

        Fill(_partitions[1], "one", SketchLayout.FewestRows - 1, seed: 1);
        Fill(_partitions[0], "one", ModelEncoding.FirstTraining, seed: 1);
        await registry.WhenIdleAsync();

        Assert.Empty(_failures);
        Assert.NotEmpty(told);
        Assert.All(told, partition => Assert.Same(_partitions[0], partition));
    }

    [Fact]
    public async Task Of_PartitionsOfTwoModels_ShareAnEncodingWithThoseOfTheSameModelOnly()
    {
        foreach (var name in (string[])["first", "second", "small"])
        {
            _partitions.Add(new PartitionIndex(name, _registry.Of));
        }

        Fill(_partitions[0], "one", ModelEncoding.FirstTraining, seed: 1);
        Fill(_partitions[1], "other", ModelEncoding.FirstTraining, seed: 2);
        Fill(_partitions[2], "one", SketchLayout.FewestRows, seed: 1);
        await _registry.WhenIdleAsync();

        Assert.Empty(_failures);
        Assert.NotNull(EncodingOf(0));
        Assert.NotNull(EncodingOf(1));
        Assert.NotSame(EncodingOf(0), EncodingOf(1));
        Assert.Same(EncodingOf(0), EncodingOf(2));
        Assert.Same(_partitions[0].Encoding, _registry.Of(Dimensions, "one"));
    }

    [Fact]
    public async Task Of_TooFewVectorsOfEachModel_TrainsNothing()
    {
        _partitions.AddRange([new PartitionIndex("first", _registry.Of), new PartitionIndex("second", _registry.Of)]);
        Fill(_partitions[0], "one", ModelEncoding.FirstTraining - 1, seed: 1);
        Fill(_partitions[1], model: null, ModelEncoding.FirstTraining - 1, seed: 1);
        await _registry.WhenIdleAsync();

        Assert.Null(EncodingOf(0));
        Assert.Null(EncodingOf(1));
    }

    [Fact]
    public async Task IsFilling_UntilTheEnd_PutsTrainingOff()
    {
        _registry.IsFilling = true;
        _partitions.Add(new PartitionIndex("large", _registry.Of));
        Fill(_partitions[0], "one", 4 * ModelEncoding.FirstTraining, seed: 1);
        await _registry.WhenIdleAsync();
        Assert.Null(EncodingOf(0));

        _registry.IsFilling = false;
        await _registry.WhenIdleAsync();

        // One training, on all of them.
        Assert.Empty(_failures);
        Assert.Equal(4 * ModelEncoding.FirstTraining, EncodingOf(0)?.TrainedRows);
    }

    private SketchEncoding? EncodingOf(int partition) => _partitions[partition].Segments[0].Codes.Sketches?.Encoding;

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
            lock (partition.Lock)
            {
                Assert.Equal(WriteStatus.Done, partition.TryUpsert(entry, row, long.MaxValue, _capacity));
            }
        }
    }
}
