using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Retrieval;

public sealed class VectorSearchRetrieverTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Retrieve_Collection_IsSearchedWithVectorLimitAndFilter()
    {
        using var fixture = new PipelineFixture();
        var collection = new Collection();
        fixture.Retrievers.Clear();
        fixture.Retrievers.Add(new VectorSearchRetriever<Page>(
            "pages",
            collection,
            match => new RetrievedChunk { Id = match.Record.Key, Text = match.Record.Text, SourceId = "book", Score = match.Score },
            request => new VectorSearchOptions<Page> { Filter = page => page.Tenant == request.Scope!.ToString() }));
        fixture.Options.ChunksPerRetriever = 2;

        var answer = await fixture.Pipeline.AskAsync(
            "Who pays?", new ChatOptions().WithSemanticCache(request => request.Scope = CacheScope.For("tenant")), Token);

        Assert.Equal(["p1", "p2"], answer.Chunks.Select(chunk => chunk.Id));
        Assert.Equal(0.75, answer.Chunks[0].Score);
        Assert.Equal(2, collection.Top);
        Assert.Equal(fixture.Cache.VectorOf("Who pays?"), collection.Vector!.Value.ToArray());
        Assert.NotNull(collection.Filter);
    }

    [Fact]
    public void Constructor_MissingParts_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new VectorSearchRetriever<Page>("", new Collection(), _ => null!));
        Assert.Throws<ArgumentNullException>(() => new VectorSearchRetriever<Page>("pages", null!, _ => null!));
        Assert.Throws<ArgumentNullException>(() => new VectorSearchRetriever<Page>("pages", new Collection(), null!));
    }

    private sealed record Page(string Key, string Text, string Tenant);

    private sealed class Collection : IVectorSearchable<Page>
    {
        public int Top { get; private set; }

        public ReadOnlyMemory<float>? Vector { get; private set; }

        public Expression<Func<Page, bool>>? Filter { get; private set; }

        public async IAsyncEnumerable<VectorSearchResult<Page>> SearchAsync<TInput>(
            TInput searchValue, int top, VectorSearchOptions<Page>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
            where TInput : notnull
        {
            await Task.Yield();
            (Top, Vector, Filter) = (top, (ReadOnlyMemory<float>)(object)searchValue, options?.Filter);
            yield return new VectorSearchResult<Page>(new Page("p1", "First page.", "t"), 0.75);
            yield return new VectorSearchResult<Page>(new Page("p2", "Second page.", "t"), 0.5);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;
    }
}
