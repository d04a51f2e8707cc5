using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Journals;
using RagCaching.Tests.Journals;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Protection;

/// <summary>A journal behind a protector keeps the contract: nothing that it promises depends on what the engine can read.</summary>
public sealed class ProtectedJournalConformanceTests : VectorJournalConformanceTests, IDisposable
{
    private readonly MemoryJournal.Place _place = new();
    private readonly TestProtector _protector = new();

    public void Dispose() => Assert.All(_place.Entries.Values, row => Assert.True(row.Entry.Vector.IsEmpty));

    protected override IVectorJournal Create() => ProtectedJournal.Around(
        new MemoryJournal(_place, Time),
        new TestServices().Add<IPayloadProtector>(_protector),
        new FaultReporting(Time, new CacheTelemetry("response", "test", services: null), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance));
}
