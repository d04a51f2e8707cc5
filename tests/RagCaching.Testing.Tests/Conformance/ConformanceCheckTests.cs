namespace RagCaching.Testing.Tests.Conformance;

public sealed class ConformanceCheckTests
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Checks_OfBothSuites_HaveNamesOfTheirOwnAndPromises()
    {
        var stores = VectorStoreConformance.Checks.Select(check => (check.Name, check.Promise)).ToArray();
        var journals = VectorJournalConformance.Checks.Select(check => (check.Name, check.Promise)).ToArray();

        // What the suites had when they were classes of tests, and not less.
        Assert.True(stores.Length >= 62, $"There are {stores.Length} checks of stores.");
        Assert.True(journals.Length >= 31, $"There are {journals.Length} checks of journals.");
        Assert.All(stores.Concat(journals), check => Assert.EndsWith(".", check.Promise, StringComparison.Ordinal));
        Assert.Distinct(stores.Select(check => check.Name));
        Assert.Distinct(journals.Select(check => check.Name));
        Assert.Equal(stores.Select(check => check.Name), VectorStoreConformance.Checks.Select(check => check.ToString()));
    }

    [Fact]
    public void Find_UnknownName_NamesIt()
    {
        Assert.Contains("'no such'", Assert.Throws<ArgumentException>(() => VectorStoreConformance.Find("no such")).Message, StringComparison.Ordinal);
        Assert.Contains("'no such'", Assert.Throws<ArgumentException>(() => VectorJournalConformance.Find("no such")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SubjectCannotBeCreated_ThrowsWhatWasThrown()
    {
        var check = VectorStoreConformance.Checks[0];

        await Assert.ThrowsAsync<TimeoutException>(() => check.RunAsync(_ => throw new TimeoutException("The server is missing."), Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => check.RunAsync(_ => new((VectorStoreSubject)null!), Token));
        await Assert.ThrowsAsync<ArgumentNullException>(() => check.RunAsync(null!, Token));
    }

    [Fact]
    public async Task Run_Cancelled_IsNoFailedCheck()
    {
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => VectorStoreConformance.Checks[0].RunAsync(
            _ =>
            {
                cancellation.Cancel();
                return new(new VectorStoreSubject(new InMemoryVectorStore(), Time, static _ => { }));
            },
            cancellation.Token));
    }

    [Fact]
    public async Task Run_AnyEnd_DisposesOfTheSubject()
    {
        var stores = new List<InMemoryVectorStore>();
        ValueTask<VectorStoreSubject> CreateAsync(CancellationToken cancellationToken)
        {
            stores.Add(new InMemoryVectorStore());
            return new(new VectorStoreSubject(stores[^1], Time, static _ => { }));
        }

        await VectorStoreConformance.Find("RemoveAsync_KnownEntry_IsGone").RunAsync(CreateAsync, Token);
        await Assert.ThrowsAsync<ConformanceException>(() => VectorStoreConformance.Find("SearchAsync_AllExpired_ReturnsNothing").RunAsync(CreateAsync, Token));

        foreach (var store in stores)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.CountAsync(new VectorFilter(), Token));
        }

        Assert.Equal(2, stores.Count);
    }

    [Fact]
    public void Subjects_WithoutTheirParts_Throw()
    {
        Assert.Throws<ArgumentNullException>(() => new VectorStoreSubject(null!, Time, static _ => { }));
        Assert.Throws<ArgumentNullException>(() => new VectorStoreSubject(new InMemoryVectorStore(), null!, static _ => { }));
        Assert.Throws<ArgumentNullException>(() => new VectorStoreSubject(new InMemoryVectorStore(), Time, null!));
        Assert.Throws<ArgumentNullException>(() => new VectorJournalSubject(null!, Time, static _ => { }));
    }
}
