using Microsoft.Extensions.Time.Testing;

namespace RagCaching.Tests.Journals;

/// <summary>The contract of <see cref="IVectorJournal"/>, as <see cref="VectorJournalConformance"/> has it. Every engine has a test class that inherits it and runs it against the real thing.</summary>
public abstract class VectorJournalConformanceTests
{
    public static TheoryData<string> Checks => [.. VectorJournalConformance.Checks.Select(check => check.Name)];

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));

    /// <summary>Makes the place that all journals of a test share, empty.</summary>
    protected virtual ValueTask PrepareAsync() => default;

    /// <summary>Creates another journal on the same place, as another process would. Expiry follows <see cref="Time"/>.</summary>
    protected abstract IVectorJournal Create();

    [Theory]
    [MemberData(nameof(Checks))]
    public Task Check_OfTheContract_Holds(string check) => VectorJournalConformance.Find(check).RunAsync(
        async _ =>
        {
            await PrepareAsync();
            return new VectorJournalSubject(Create, Time, Time.Advance);
        },
        TestContext.Current.CancellationToken);
}
