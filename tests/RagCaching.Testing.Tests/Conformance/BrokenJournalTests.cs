using Microsoft.Extensions.Time.Testing;
using RagCaching.Chaos.Stores;
using RagCaching.Testing.Conformance.Journals;

namespace RagCaching.Testing.Tests.Conformance;

/// <summary>The suite of journals notices what it is for: each mistake fails the check that names it, and the same journal without the mistake passes.</summary>
public sealed class BrokenJournalTests
{
    private static readonly Dictionary<string, Func<MemoryJournal, JournalDecorator>> Mistakes = new(StringComparer.Ordinal)
    {
        ["none"] = inner => new(inner),
        ["takes any host"] = inner => new(inner) { OnOpen = _ => new JournalIdentity { KeyCheck = "all the same" } },
        ["takes writes that removals cover"] = inner => new(inner) { OnAppend = change => change.Kind == JournalChangeKind.Upsert ? JournalChange.Upsert(change.Entry!, long.MaxValue) : change },
        ["forgets what was learnt"] = inner => new(inner) { OnAppend = change => change.Kind == JournalChangeKind.Learn ? JournalChange.Remove("p", "nothing") : change },
        ["counts nothing"] = inner => new(inner) { OnReceipt = receipt => receipt with { Affected = 0 } },
        ["turns pages round"] = inner => new(inner) { OnPage = page => page with { Entries = [.. page.Entries.Reverse()] } },
        ["loses the last record"] = inner => new(inner) { OnChanges = changes => changes with { Records = [.. changes.Records.SkipLast(1)] } },
        ["calls nothing its own"] = inner => new(inner) { OnChanges = changes => changes with { Records = [.. changes.Records.Select(record => record with { IsOwn = false })] } },
        ["turns changes round"] = inner => new(inner) { OnChanges = changes => changes with { Records = [.. changes.Records.Reverse()] } },
        ["knows no gap"] = inner => new(inner) { OnChanges = changes => changes with { IsGap = false } },
        ["loses labels"] = inner => new(inner) { OnRead = entry => entry is null ? null : new VectorEntry { Partition = entry.Partition, Id = entry.Id, Vector = entry.Vector, Metadata = entry.Metadata, Payload = entry.Payload, Owner = entry.Owner, CreatedAt = entry.CreatedAt, ExpiresAt = entry.ExpiresAt } },
        ["leases to all"] = inner => new(inner) { LeasesToAll = true },
        ["leases for an hour"] = inner => new(inner) { LeastLease = TimeSpan.FromHours(1) },
        ["cannot be closed"] = inner => new(inner) { OnDispose = new IOException("The file is in use."), OnRead = _ => null },
    };

    public static TheoryData<string> Checks => [.. VectorJournalConformance.Checks.Select(check => check.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Checks))]
    public Task Check_OfAJournalWithoutMistakes_Passes(string check) => VectorJournalConformance.Find(check).RunAsync(_ => CreateAsync("none"), Token);

    [Theory]
    [InlineData("takes any host", "Open_ByAnotherHost_IsRefused(KeySecret)")]
    [InlineData("takes writes that removals cover", "Append_AWriteThatDoesNotKnowARemoval_IsRefused(label)")]
    [InlineData("takes writes that removals cover", "Append_OfAnUpsertBasedOnAnotherIncarnation_IsRefused")]
    [InlineData("forgets what was learnt", "Append_Learnt_ReachesOthersOnce")]
    [InlineData("counts nothing", "Append_ARemoval_TakesWhatItCovers(id)")]
    [InlineData("turns pages round", "ReadSnapshot_InParts_ReturnsAllNewestFirst")]
    [InlineData("loses the last record", "Append_AnEntry_IsReadByOthersAsItWasWritten")]
    [InlineData("calls nothing its own", "Append_FromSeveralJournals_GivesOneOrder")]
    [InlineData("turns changes round", "Append_FromManyThreads_LosesNothingAndIsReadInOrder")]
    [InlineData("knows no gap", "ReadChanges_OfAnotherIncarnation_IsAGap")]
    [InlineData("loses labels", "Append_EntriesOfEveryShape_AreReadAsTheyWereWritten")]
    [InlineData("leases to all", "Leases_AreHeldByOneUntilReleasedOrOver")]
    [InlineData("leases for an hour", "Leases_AreHeldByOneUntilReleasedOrOver")]
    [InlineData("cannot be closed", "Append_AnEntry_IsReadByOthersAsItWasWritten")]
    public async Task Check_OfAMistake_NamesItself(string mistake, string name)
    {
        var check = VectorJournalConformance.Find(name);

        var exception = await Assert.ThrowsAsync<ConformanceException>(() => check.RunAsync(_ => CreateAsync(mistake), Token));

        Assert.Equal((name, check.Promise), (exception.Check, exception.Promise));
        Assert.NotEmpty(exception.Happened);
    }

    [Fact]
    public async Task WaitForChanges_EndsOnlyWhenItsTimeIsOver_NamesItself()
    {
        // So many that the minute of the wait would pass if each of them took a millisecond.
        var check = CoordinationChecks.WaitForChanges(mostLooks: 200_000);
        var (time, place) = (new FakeTimeProvider(), new MemoryJournal.Place());

        var exception = await Assert.ThrowsAsync<ConformanceException>(() => check.RunAsync(
            _ => new(new VectorJournalSubject(() => new JournalDecorator(new MemoryJournal(place, time)) { WaitsItsTimeBy = time }, time, time.Advance)), Token));

        Assert.Contains("went on after the append", exception.Happened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_OneJournalCannotBeClosed_ClosesTheOthersAndHidesNothing()
    {
        var journals = new List<JournalDecorator>();

        await Assert.ThrowsAsync<ConformanceException>(() => VectorJournalConformance.Find("Append_AnEntry_IsReadByOthersAsItWasWritten").RunAsync(_ => CreateAsync("cannot be closed", journals), Token));

        Assert.Equal(2, journals.Count);
        Assert.All(journals, journal => Assert.True(journal.IsDisposed));
    }

    private static ValueTask<VectorJournalSubject> CreateAsync(string mistake, List<JournalDecorator>? created = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var place = new MemoryJournal.Place();
        return new(new VectorJournalSubject(Create, time, time.Advance));

        JournalDecorator Create()
        {
            var journal = Mistakes[mistake](new MemoryJournal(place, time));
            created?.Add(journal);
            return journal;
        }
    }
}
