using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Contract.Embeddings;

public sealed class CachedEmbedderOptionsTests
{
    public static TheoryData<string, CachedEmbedderOptions> OutOfRange => new()
    {
        { nameof(CachedEmbedderOptions.TimeToLive), new() { TimeToLive = TimeSpan.Zero } },
        { nameof(CachedEmbedderOptions.TimeToLive), new() { TimeToLive = TimeSpan.FromDays(3651) } },
        { nameof(CachedEmbedderOptions.ModelId), new() { ModelId = " " } },
        { nameof(CachedEmbedderOptions.ModelId), new() { ModelId = new string('m', 257) } },
        { nameof(CachedEmbedderOptions.Precision), new() { Precision = (EmbeddingPrecision)3 } },
        { nameof(CachedEmbedderOptions.LocalCapacity), new() { LocalCapacity = -1 } },
        { nameof(CachedEmbedderOptions.LocalCapacity), new() { LocalCapacity = 2 } },
        { nameof(CachedEmbedderOptions.KeyPrefix), new() { KeyPrefix = null! } },
        { nameof(CachedEmbedderOptions.KeyPrefix), new() { KeyPrefix = new string('p', 65) } },
        { nameof(CachedEmbedderOptions.MaxBatchSize), new() { MaxBatchSize = 0 } },
        { nameof(CachedEmbedderOptions.StorageReadTimeout), new() { StorageReadTimeout = TimeSpan.Zero } },
        { nameof(CachedEmbedderOptions.StorageWriteTimeout), new() { StorageWriteTimeout = TimeSpan.FromMinutes(2) } },
        { nameof(CachedEmbedderOptions.StorageConcurrency), new() { StorageConcurrency = 0 } },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Constructor_OptionOutOfRange_ThrowsAndNamesIt(string property, CachedEmbedderOptions options)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => new CachedEmbedder(new TestEmbeddingGenerator(), options: options));

        Assert.Contains(property, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Constructor_LocalCapacityAtItsLimits_Works(int capacity)
    {
        await using var embedder = new CachedEmbedder(new TestEmbeddingGenerator(), options: new() { LocalCapacity = capacity });

        Assert.Single(await embedder.GenerateAsync(["a"], cancellationToken: TestContext.Current.CancellationToken));
    }
}
