using RagCaching.Tests.Journals;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Engines.Tests.Sqlite;

/// <summary>The contract of journals, on a file.</summary>
public sealed class SqliteJournalConformanceTests : VectorJournalConformanceTests, IDisposable
{
    private readonly TestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override IVectorJournal Create() => new SqliteVectorJournal(new SqliteJournalOptions { Path = _file.Path }, new TestServices().Add<TimeProvider>(Time));
}
