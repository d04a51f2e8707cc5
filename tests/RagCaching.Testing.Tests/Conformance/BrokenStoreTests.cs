using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace RagCaching.Testing.Tests.Conformance;

/// <summary>The suite of stores notices what it is for: each mistake fails the check that names it, and the same store without the mistake passes.</summary>
public sealed class BrokenStoreTests
{
    private static readonly Dictionary<string, Func<IVectorStore, IVectorStore>> Mistakes = new(StringComparer.Ordinal)
    {
        ["none"] = inner => new StoreDecorator(inner),
        ["leaks partitions"] = inner => new BrokenStores.LeaksPartitions(inner),
        ["orders worst first"] = inner => new BrokenStores.OrdersWorstFirst(inner),
        ["ignores the limit"] = inner => new BrokenStores.IgnoresLimit(inner),
        ["accepts NaN"] = inner => new BrokenStores.AcceptsNaN(inner),
        ["removes later"] = inner => new BrokenStores.RemovesLater(inner),
        ["loses metadata"] = inner => new BrokenStores.LosesMetadata(inner),
        ["replaces by removing"] = inner => new BrokenStores.ReplacesByRemoving(inner),
        ["loses a write"] = inner => new BrokenStores.LosesAWriteNowAndThen(inner),
        ["tears entries"] = inner => new BrokenStores.TearsEntries(inner),
        ["excludes the minimum"] = inner => new BrokenStores.ExcludesTheMinimum(inner),
        ["forgets labels"] = inner => new BrokenStores.ForgetsLabelsOfFilters(inner),
        ["searches approximately"] = inner => new BrokenStores.SearchesApproximately(inner),
        ["ignores cancellation"] = inner => new BrokenStores.IgnoresCancellation(inner),
        ["returns distances"] = inner => new BrokenStores.ReturnsDistances(inner),
        ["keeps the norm"] = inner => new BrokenStores.KeepsTheNorm(inner),
        ["fails"] = inner => new BrokenStores.LosesItsServer(inner),
        ["lists everything"] = inner => new BrokenStores.ListsEverything(inner),
        ["lists what has expired"] = inner => new BrokenLists.ListsTheExpired(inner),
        ["lists after cancellation"] = inner => new BrokenLists.IgnoresCancellation(inner),
        ["lists and gives up"] = inner => new BrokenLists.GivesUp(inner),
        ["lacks something"] = inner => new BrokenLists.LacksSomething(inner),
        ["tears lists"] = inner => new BrokenLists.TearsEntries(inner),
        ["ignores cancellation of contents"] = inner => new BrokenStores.IgnoresCancellationOfContents(inner),
        ["turns ties round"] = inner => new BrokenStores.TurnsTiesRound(inner),
    };

    public static TheoryData<string> Checks => [.. VectorStoreConformance.Checks.Select(check => check.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Checks))]
    public Task Check_OfAStoreWithoutMistakes_Passes(string check) => VectorStoreConformance.Find(check).RunAsync(_ => CreateAsync("none"), Token);

    [Theory]
    [InlineData("leaks partitions", "SearchAsync_UnknownPartition_ReturnsNothing")]
    [InlineData("orders worst first", "SearchAsync_SeveralEntries_ReturnsBestFirst")]
    [InlineData("ignores the limit", "SearchAsync_Defaults_ReturnsOneMatchWithoutPayloadAndVector")]
    [InlineData("ignores the limit", "SearchAsync_RandomEntries_EqualsANaiveSort")]
    [InlineData("accepts NaN", "UpsertAsync_ComponentNotFinite_ThrowsAndStoresNothing(NaN)")]
    [InlineData("removes later", "RemoveAsync_KnownEntry_IsGone")]
    [InlineData("loses metadata", "GetContentAsync_AfterUpsert_ReturnsEverythingButTheVector")]
    [InlineData("replaces by removing", "SearchAsync_EqualSimilarities_AreInTheOrderOfAdding")]
    [InlineData("loses a write", "EveryMember_ManyThreads_EntriesAreSeenWholeAndNoneIsLost")]
    [InlineData("tears entries", "EveryMember_ManyThreads_EntriesAreSeenWholeAndNoneIsLost")]
    [InlineData("excludes the minimum", "SearchAsync_MinimumSimilarity_BelongsToTheRange")]
    [InlineData("forgets labels", "RemoveWhereAsync_Filter_RemovesWhatMatchesAllAndNothingElse(two labels)")]
    [InlineData("searches approximately", "SearchAsync_RandomEntries_EqualsANaiveSort")]
    [InlineData("ignores cancellation", "EveryMember_CancelledToken_ThrowsOperationCanceled")]
    [InlineData("returns distances", "SearchAsync_SeveralEntries_ReturnsBestFirst")]
    [InlineData("keeps the norm", "GetAsync_AfterUpsert_ReturnsTheWholeEntryAtUnitNorm")]
    [InlineData("fails", "CountAsync_Filter_CountsWhatMatchesAll(nothing)")]
    [InlineData("lists everything", "ReadAllAsync_Filter_ReadsWhatMatchesAllWhole(two labels)")]
    [InlineData("lists what has expired", "EveryMember_EntryExpires_NoLongerSeesItFromThatMomentOn")]
    [InlineData("lists after cancellation", "EveryMember_CancelledToken_ThrowsOperationCanceled")]
    [InlineData("lists and gives up", "ReadAllAsync_Filter_ReadsWhatMatchesAllWhole(nothing)")]
    [InlineData("lacks something", "ReadAllAsync_Filter_ReadsWhatMatchesAllWhole(label)")]
    [InlineData("tears lists", "EveryMember_ManyThreads_EntriesAreSeenWholeAndNoneIsLost")]
    [InlineData("ignores cancellation of contents", "EveryMember_CancelledToken_ThrowsOperationCanceled")]
    [InlineData("turns ties round", "SearchAsync_RandomEntries_EqualsANaiveSort")]
    public async Task Check_OfAMistake_NamesItself(string mistake, string name)
    {
        var check = VectorStoreConformance.Find(name);

        var exception = await Assert.ThrowsAsync<ConformanceException>(() => check.RunAsync(_ => CreateAsync(mistake), Token));

        Assert.Equal((name, check.Promise), (exception.Check, exception.Promise));
        Assert.NotEmpty(exception.Happened);
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.Contains(check.Promise, exception.Message, StringComparison.Ordinal);
        Assert.Contains(exception.Happened, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Check_OfAStoreThatRoundsInAnotherOrder_Passes() =>
        VectorStoreConformance.Find("SearchAsync_RandomEntries_EqualsANaiveSort").RunAsync(_ => Created(inner => new BrokenStores.RoundsInItsOwnOrder(inner)), Token);

    [Fact]
    public Task Check_OfAStoreThatCannotList_Passes() =>
        VectorStoreConformance.Find("EveryMember_CancelledToken_ThrowsOperationCanceled").RunAsync(_ => Created(inner => new BrokenLists.CannotList(inner)), Token);

    [Fact]
    public async Task Check_Fails_WaitsForItsWritersBeforeTheStoreIsDisposedOf()
    {
        var store = new BrokenStores.CountsRunningWrites(NewStore(new FakeTimeProvider(Start)));
        var running = -1;

        await Assert.ThrowsAsync<ConformanceException>(() => VectorStoreConformance.Find("EveryMember_ManyThreads_EntriesAreSeenWholeAndNoneIsLost").RunAsync(
            _ => new(new SubjectThatLooks(store, () => running = store.Written)), Token));

        Assert.Equal(400, running);
    }

    [Fact]
    public async Task Check_OfAStoreThatIgnoresTime_NamesItself()
    {
        var standing = new FakeTimeProvider(Start);

        var exception = await Assert.ThrowsAsync<ConformanceException>(() => VectorStoreConformance.Find("EveryMember_EntryExpires_NoLongerSeesItFromThatMomentOn").RunAsync(
            _ => new(new VectorStoreSubject(NewStore(standing), new FakeTimeProvider(Start), static _ => { })), Token));

        Assert.Contains("was there; nothing should be", exception.Happened, StringComparison.Ordinal);
    }

    private static DateTimeOffset Start => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static ValueTask<VectorStoreSubject> CreateAsync(string mistake) => Created(Mistakes[mistake]);

    private static ValueTask<VectorStoreSubject> Created(Func<IVectorStore, IVectorStore> create)
    {
        var time = new FakeTimeProvider(Start);
        return new(new VectorStoreSubject(create(NewStore(time)), time, time.Advance));
    }

    private static InMemoryVectorStore NewStore(FakeTimeProvider time) => new(services: new ServiceCollection().AddSingleton<TimeProvider>(time).BuildServiceProvider());

    private sealed class SubjectThatLooks(IVectorStore store, Action look) : VectorStoreSubject(store, new FakeTimeProvider(Start), static _ => { })
    {
        public override ValueTask DisposeAsync()
        {
            look();
            return base.DisposeAsync();
        }
    }
}
