using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace RagCaching.Tests.VectorStores;

/// <summary>The contract of <see cref="IVectorStore"/>. Every store has a test class that inherits it and runs it against the real engine.</summary>
public abstract partial class VectorStoreConformanceTests : IAsyncLifetime
{
    protected const string Partition = "partition";
    protected const string OtherPartition = "other-partition";

    /// <summary>Scores of unit vectors of a few dimensions differ between engines by rounding only.</summary>
    protected const float Tolerance = 1e-5f;

    protected static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    protected FakeTimeProvider Time { get; } = new(Start);

    protected IVectorStore Store { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await CreateStoreAsync(Time);

    public async ValueTask DisposeAsync()
    {
        await DisposeStoreAsync(Store);
        GC.SuppressFinalize(this);
    }

    /// <summary>Creates an empty store with room for at least a thousand small entries that takes the time from the given clock.</summary>
    protected abstract ValueTask<IVectorStore> CreateStoreAsync(TimeProvider time);

    protected abstract ValueTask DisposeStoreAsync(IVectorStore store);

    /// <summary>Lets time pass; a store that follows something else waits until it has caught up.</summary>
    protected virtual ValueTask AdvanceAsync(TimeSpan duration)
    {
        Time.Advance(duration);
        return default;
    }

    /// <summary>An entry whose payload and metadata name its id.</summary>
    protected static VectorEntry Entry(string id, float[] vector, string partition = Partition, string[]? labels = null, TimeSpan? timeToLive = null, DateTimeOffset? createdAt = null) => new()
    {
        Partition = partition,
        Id = id,
        Vector = vector,
        Metadata = Encoding.UTF8.GetBytes($"metadata of {id}"),
        Payload = Encoding.UTF8.GetBytes($"payload of {id}"),
        Labels = labels ?? [],
        CreatedAt = createdAt ?? Start,
        ExpiresAt = Start + (timeToLive ?? TimeSpan.FromHours(1)),
    };

    protected static VectorQuery Query(params float[] vector) => new() { Partition = Partition, Vector = vector, Limit = 10 };

    protected static string[] IdsOf(IReadOnlyList<VectorMatch> matches) => [.. matches.Select(match => match.Entry.Id)];

    protected ValueTask Add(VectorEntry entry) => Store.UpsertAsync(entry, Token);

    [Fact]
    public async Task GetContentAsync_AfterUpsert_ReturnsEverythingButTheVector()
    {
        await Add(Entry("a", [3, 4], labels: ["x", "y"], createdAt: Start.AddDays(-1)));

        var entry = await Store.GetContentAsync(Partition, "a", Token);

        Assert.NotNull(entry);
        Assert.Equal((Partition, "a", Start.AddDays(-1)), (entry.Partition, entry.Id, entry.CreatedAt));
        Assert.Equal("metadata of a"u8, entry.Metadata.Span);
        Assert.Equal("payload of a"u8, entry.Payload.Span);
        Assert.Equal(["x", "y"], entry.Labels);
        Assert.Null(await Store.GetContentAsync(OtherPartition, "a", Token));
        Assert.Null(await Store.GetContentAsync(Partition, "b", Token));
    }

    [Fact]
    public async Task GetAsync_AfterUpsert_ReturnsTheWholeEntryAtUnitNorm()
    {
        await Add(Entry("a", [3, 4], labels: ["x", "y"], createdAt: Start.AddDays(-1)));

        var entry = await Store.GetAsync(Partition, "a", Token);

        Assert.NotNull(entry);
        Assert.Equal(Partition, entry.Partition);
        Assert.Equal("a", entry.Id);
        Assert.Equal(0.6f, entry.Vector.Span[0], Tolerance);
        Assert.Equal(0.8f, entry.Vector.Span[1], Tolerance);
        Assert.Equal(2, entry.Vector.Length);
        Assert.Equal("metadata of a"u8, entry.Metadata.Span);
        Assert.Equal("payload of a"u8, entry.Payload.Span);
        Assert.Equal(["x", "y"], entry.Labels);
        Assert.Equal(Start.AddDays(-1), entry.CreatedAt);
        Assert.Equal(Start.AddHours(1), entry.ExpiresAt);
    }

    [Fact]
    public async Task GetAsync_UnknownIdOrPartition_ReturnsNull()
    {
        await Add(Entry("a", [1, 0]));

        Assert.Null(await Store.GetAsync(Partition, "b", Token));
        Assert.Null(await Store.GetAsync(OtherPartition, "a", Token));
    }

    [Fact]
    public async Task UpsertAsync_SameId_ReplacesTheEntry()
    {
        await Add(Entry("a", [1, 0], labels: ["old"]));
        await Add(Entry("a", [0, 1], labels: ["new"]));

        var match = Assert.Single(await Store.SearchAsync(Query(0, 1), Token));
        Assert.Equal(1, match.Similarity, Tolerance);
        Assert.Equal(["new"], match.Entry.Labels);
        Assert.Equal(1, await Store.CountAsync(new VectorFilter(), Token));
    }

    [Fact]
    public async Task UpsertAsync_SameIdInAnotherPartition_KeepsBoth()
    {
        await Add(Entry("a", [1, 0]));
        await Add(Entry("a", [0, 1], OtherPartition));

        Assert.Equal(1, (await Store.SearchAsync(Query(1, 0), Token)).Single().Similarity, Tolerance);
        Assert.Equal(2, await Store.CountAsync(new VectorFilter(), Token));
    }

    [Fact]
    public async Task UpsertAsync_EmptyVector_IsFoundByIdOnly()
    {
        await Add(Entry("exact", []));
        await Add(Entry("vector", [1, 0]));

        Assert.Equal(["vector"], IdsOf(await Store.SearchAsync(Query(1, 0), Token)));
        var entry = await Store.GetAsync(Partition, "exact", Token);
        Assert.NotNull(entry);
        Assert.True(entry.Vector.IsEmpty);
        Assert.Equal("payload of exact"u8, entry.Payload.Span);
    }

    [Fact]
    public async Task UpsertAsync_VectorComesOrGoes_FollowsTheLastWrite()
    {
        await Add(Entry("a", []));
        await Add(Entry("a", [1, 0]));
        Assert.Equal(["a"], IdsOf(await Store.SearchAsync(Query(1, 0), Token)));

        await Add(Entry("a", []));

        Assert.Empty(await Store.SearchAsync(Query(1, 0), Token));
        Assert.NotNull(await Store.GetAsync(Partition, "a", Token));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public async Task UpsertAsync_ComponentNotFinite_ThrowsAndStoresNothing(float component)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(async () => await Add(Entry("a", [1, component])));

        Assert.Contains("component 1", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Store.CountAsync(new VectorFilter(), Token));
    }

    [Fact]
    public async Task UpsertAsync_ZeroVector_ThrowsAndStoresNothing()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Add(Entry("a", [0, 0])));

        Assert.Equal(0, await Store.CountAsync(new VectorFilter(), Token));
    }

    [Fact]
    public async Task UpsertAsync_OtherDimensions_ThrowsNamingBoth()
    {
        await Add(Entry("a", [1, 0, 0]));

        var exception = await Assert.ThrowsAsync<ArgumentException>(async () => await Add(Entry("b", [1, 0])));

        Assert.Contains("2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("3", exception.Message, StringComparison.Ordinal);
        Assert.Null(await Store.GetAsync(Partition, "b", Token));
    }

    [Fact]
    public async Task UpsertAsync_OtherDimensionsInAnotherPartition_IsAccepted()
    {
        await Add(Entry("a", [1, 0, 0]));

        await Add(Entry("b", [1, 0], OtherPartition));

        Assert.NotNull(await Store.GetAsync(OtherPartition, "b", Token));
    }

    [Fact]
    public async Task UpsertAsync_NoIdOrPartition_Throws()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Store.UpsertAsync(null!, Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Add(Entry("", [1])));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Add(Entry("a", [1], partition: "")));
    }

    [Fact]
    public async Task SetMetadataAsync_KnownEntry_ReplacesMetadataOnly()
    {
        await Add(Entry("a", [3, 4], labels: ["x"]));

        var found = await Store.SetMetadataAsync(Partition, "a", "new"u8.ToArray(), Token);

        Assert.True(found);
        var entry = await Store.GetAsync(Partition, "a", Token);
        Assert.Equal("new"u8, entry!.Metadata.Span);
        Assert.Equal("payload of a"u8, entry.Payload.Span);
        Assert.Equal(["x"], entry.Labels);
        var match = (await Store.SearchAsync(Query(3, 4), Token)).Single();
        Assert.Equal("new"u8, match.Entry.Metadata.Span);
    }

    [Fact]
    public async Task SetMetadataAsync_UnknownEntry_ReturnsFalse()
    {
        await Add(Entry("a", [1]));

        Assert.False(await Store.SetMetadataAsync(Partition, "b", default, Token));
        Assert.False(await Store.SetMetadataAsync(OtherPartition, "a", default, Token));
    }

    [Fact]
    public async Task RemoveAsync_KnownEntry_IsGone()
    {
        await Add(Entry("a", [1, 0]));
        await Add(Entry("b", [1, 0]));

        Assert.True(await Store.RemoveAsync(Partition, "a", Token));

        Assert.Null(await Store.GetAsync(Partition, "a", Token));
        Assert.Equal(["b"], IdsOf(await Store.SearchAsync(Query(1, 0), Token)));
        Assert.False(await Store.RemoveAsync(Partition, "a", Token));
        Assert.False(await Store.RemoveAsync(OtherPartition, "b", Token));
    }

    [Fact]
    public async Task UpsertAsync_AfterTheLastVectorWasRemoved_AcceptsOtherDimensions()
    {
        await Add(Entry("a", [1, 0]));
        await Store.RemoveAsync(Partition, "a", Token);

        await Add(Entry("b", [1, 0, 0]));

        Assert.Equal(["b"], IdsOf(await Store.SearchAsync(Query(1, 0, 0), Token)));
    }

    [Fact]
    public async Task EveryMember_CancelledToken_ThrowsOperationCanceled()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Add(Entry("a", [1]));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.UpsertAsync(Entry("b", [1]), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.GetAsync(Partition, "a", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.SetMetadataAsync(Partition, "a", default, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.SearchAsync(Query(1), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.RemoveAsync(Partition, "a", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.RemoveWhereAsync(new VectorFilter(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.CountAsync(new VectorFilter(), cancelled));
        Assert.Equal(1, await Store.CountAsync(new VectorFilter(), Token));
    }
}
