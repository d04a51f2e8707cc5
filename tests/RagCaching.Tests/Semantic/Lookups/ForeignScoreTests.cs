using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Lookups;

/// <summary>Stores whose similarities are not cosines: what they propose is compared anew.</summary>
public sealed class ForeignScoreTests : IDisposable
{
    private readonly CacheFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(0.9999f)]
    [InlineData(42f)]
    [InlineData(float.NaN)]
    public async Task GetOrCreate_StoreOverstatesTheSimilarity_ServesByTheCosine(float claimed)
    {
        _fixture.NearMeaning("near", "stored", 0.36f);
        _fixture.Store.OnMatch = match => match with { Similarity = claimed };
        await _fixture.AskAsync("stored", "of the stored");

        var result = await _fixture.AskAsync("near", "fresh");

        Assert.Equal((SemanticCacheReason.BelowThreshold, "fresh"), (result.Reason, result.Response!.Text));
        Assert.InRange(result.Similarity!.Value, 0.9f, 0.9499f);
    }

    [Fact]
    public async Task GetOrCreate_StoreUnderstatesTheSimilarity_ServesByTheCosine()
    {
        _fixture.SameMeaning("stored", "asked");
        _fixture.Store.OnMatch = match => match with { Similarity = 0 };
        await _fixture.AskAsync("stored", "of the stored");

        var result = await _fixture.AskAsync("asked", "must not be called");

        Assert.Equal("of the stored", result.Response!.Text);
        Assert.InRange(result.Similarity!.Value, 0.99f, 1);
    }

    [Fact]
    public async Task GetOrCreate_StoreReturnsTheFartherFirst_ServesTheNearest()
    {
        _fixture.SameMeaning("asked", "nearest");
        _fixture.NearMeaning("farther", "asked", 0.2f);
        await _fixture.AskAsync("nearest", "of the nearest");
        await _fixture.AskAsync(new SemanticCacheQuery("farther") { Mode = SemanticCacheMode.Refresh }, "of the farther");
        _fixture.Store.ReordersMatches = true;

        Assert.Equal("of the nearest", (await _fixture.AskAsync("asked", "must not be called")).Response!.Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task GetOrCreate_MatchWithoutAFittingVector_IsNoCandidateAndCounted(int dimensions)
    {
        using var failures = _fixture.Counter("ragcaching.cache.failures");
        _fixture.SameMeaning("stored", "asked");
        _fixture.Store.OnMatch = match => new VectorMatch(WithVector(match.Entry, new float[dimensions]), 1);
        await _fixture.AskAsync("stored", "of the stored");

        var result = await _fixture.AskAsync("asked", "fresh");

        Assert.Equal((SemanticCacheReason.NoCandidates, "fresh"), (result.Reason, result.Response!.Text));
        Assert.Contains(failures.GetMeasurementSnapshot(), measurement => measurement.Tags["error.type"] is "invalid_vector");
    }

    private static VectorEntry WithVector(VectorEntry entry, float[] vector) => new()
    {
        Partition = entry.Partition,
        Id = entry.Id,
        Vector = vector,
        Metadata = entry.Metadata,
        Labels = entry.Labels,
        CreatedAt = entry.CreatedAt,
        ExpiresAt = entry.ExpiresAt,
    };
}
