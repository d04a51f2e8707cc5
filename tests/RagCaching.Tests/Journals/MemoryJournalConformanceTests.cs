namespace RagCaching.Tests.Journals;

/// <summary>The journal that other tests use keeps the contract, too.</summary>
public sealed class MemoryJournalConformanceTests : VectorJournalConformanceTests
{
    private readonly MemoryJournal.Place _place = new();

    protected override IVectorJournal Create() => new MemoryJournal(_place, Time);
}
