using Microsoft.Extensions.Logging.Abstractions;
using RagCaching.Diagnostics;
using RagCaching.Engines.Tests.Postgres;
using RagCaching.Engines.Tests.Redis;
using RagCaching.Engines.Tests.Sqlite;
using RagCaching.Internal.Faults;
using RagCaching.Journals;
using RagCaching.Tests.Journals;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Engines.Tests.Protection;

/// <summary>The contract of journals, on every engine, behind a protector: the engine sees ciphertext, and nothing that is promised depends on what it sees.</summary>
public abstract class ProtectedJournalConformanceTests : VectorJournalConformanceTests
{
    private readonly AesGcmPayloadProtector _protector = new(WithKey());

    private protected TestServices Services => new TestServices().Add<TimeProvider>(Time).Add<IPayloadProtector>(_protector);

    protected IVectorJournal Protected(IVectorJournal journal) =>
        ProtectedJournal.Around(journal, Services, new FaultReporting(Time, new CacheTelemetry("response", "test", services: null), NullLogger.Instance));

    private static AesGcmProtectionOptions WithKey()
    {
        var options = new AesGcmProtectionOptions();
        options.AddRandomKey("test");
        return options;
    }
}

public sealed class ProtectedSqliteJournalConformanceTests : ProtectedJournalConformanceTests, IDisposable
{
    private readonly TestFile _file = new();

    public void Dispose()
    {
        foreach (var path in Directory.EnumerateFiles(_file.Folder))
        {
            Assert.False(StoredBytesSearchOf(path));
        }

        _file.Dispose();
    }

    protected override IVectorJournal Create() => Protected(new SqliteVectorJournal(new SqliteJournalOptions { Path = _file.Path }, Services));

    // Every entry of the suite has such metadata and such a payload.
    private static bool StoredBytesSearchOf(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return RagCaching.Tests.Protection.StoredBytesSearch.HasText(bytes, "metadata of ") || RagCaching.Tests.Protection.StoredBytesSearch.HasText(bytes, "payload of ");
    }
}

public sealed class ProtectedRedisJournalConformanceTests(SharedRedis redis) : ProtectedJournalConformanceTests
{
    private readonly string _name = $"test-{Guid.NewGuid():N}";

    protected override async ValueTask PrepareAsync() => await redis.StartOrSkipAsync();

    protected override IVectorJournal Create() => Protected(new RedisVectorJournal(new RedisJournalOptions { Configuration = redis.Configuration, Name = _name }, Services));
}

public sealed class ProtectedPostgresJournalConformanceTests(PostgresServer server) : ProtectedJournalConformanceTests
{
    private readonly string _schema = $"test_{Guid.NewGuid():N}";

    protected override async ValueTask PrepareAsync() => await server.StartOrSkipAsync();

    protected override IVectorJournal Create() => Protected(new PostgresVectorJournal(new PostgresJournalOptions { ConnectionString = server.ConnectionString, Schema = _schema }, Services));
}
