using Microsoft.Extensions.Time.Testing;
using RagCaching.Chaos.Stores;

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
    public async Task Check_OfAMistake_NamesItself(string mistake, string name)
    {
        var check = VectorJournalConformance.Find(name);

        var exception = await Assert.ThrowsAsync<ConformanceException>(() => check.RunAsync(_ => CreateAsync(mistake), Token));

        Assert.Equal((name, check.Promise), (exception.Check, exception.Promise));
        Assert.NotEmpty(exception.Happened);
    }

    private static ValueTask<VectorJournalSubject> CreateAsync(string mistake)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var place = new MemoryJournal.Place();
        return new(new VectorJournalSubject(() => Mistakes[mistake](new MemoryJournal(place, time)), time, time.Advance));
    }
}
