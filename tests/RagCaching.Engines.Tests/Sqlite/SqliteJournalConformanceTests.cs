using RagCaching.Tests.Journals;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Engines.Tests.Sqlite;

/// <summary>The contract of journals, on a file.</summary>
public sealed class SqliteJournalConformanceTests : VectorJournalConformanceTests
{
    private readonly TestFile _file = new();

    protected override ValueTask PrepareAsync() => default;

    protected override IVectorJournal Create() => new SqliteVectorJournal(new SqliteJournalOptions { Path = _file.Path }, new TestServices().Add<TimeProvider>(Time));

    protected override ValueTask CleanUpAsync()
    {
        _file.Dispose();
        return default;
    }
}
