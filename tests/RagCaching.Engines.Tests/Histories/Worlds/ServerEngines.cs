using System.Globalization;
using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Postgres;
using RagCaching.Engines.Tests.Sqlite;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>SQLite, each tenant with a file of its own.</summary>
internal sealed class SqliteEngine : HistoryEngine
{
    private TestFile[] _files = [];

    public override Task BeginAsync()
    {
        Delete();
        _files = [.. Enumerable.Range(0, Settings.Tenants).Select(_ => new TestFile())];
        return Task.CompletedTask;
    }

    public override IVectorJournal? NewJournal(int tenant, IServiceProvider services) => new SqliteVectorJournal(new SqliteJournalOptions { Path = _files[tenant].Path }, services);

    public override ValueTask DisposeAsync()
    {
        Delete();
        return default;
    }

    private void Delete()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }
}

/// <summary>One redis-server, each tenant with a name of its own.</summary>
internal sealed class RedisEngine(RedisServer server, bool isPersistent) : HistoryEngine
{
    private int _run;

    public override IReadOnlyList<StepKind> Nemesis => [.. base.Nemesis, StepKind.KillServer, StepKind.KillServer, StepKind.FreezeServer];

    public override bool LosesDataWhenKilled => !isPersistent;

    public override Task BeginAsync()
    {
        _run++;
        return Task.CompletedTask;
    }

    public override IVectorJournal? NewJournal(int tenant, IServiceProvider services) => new RedisVectorJournal(
        new RedisJournalOptions { Configuration = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{server.Port}"), Name = string.Create(CultureInfo.InvariantCulture, $"run{_run}.tenant{tenant}") }, services);

    public override Task KillAsync() => server.KillAsync();

    public override Task StartAsync() => server.StartAsync();

    public override Task FreezeAsync() => server.FreezeAsync();

    public override Task ThawAsync() => server.ThawAsync();

    public override ValueTask DisposeAsync() => server.DisposeAsync();
}

/// <summary>One PostgreSQL, each tenant with a schema of its own.</summary>
internal sealed class PostgresEngine(PostgresServer server) : HistoryEngine
{
    private int _run;

    public override IReadOnlyList<StepKind> Nemesis => [.. base.Nemesis, StepKind.KillServer, StepKind.KillServer];

    public override Task BeginAsync()
    {
        _run++;
        return Task.CompletedTask;
    }

    public override IVectorJournal? NewJournal(int tenant, IServiceProvider services) => new PostgresVectorJournal(
        new PostgresJournalOptions { ConnectionString = server.ConnectionString, Schema = string.Create(CultureInfo.InvariantCulture, $"run{_run}_tenant{tenant}") }, services);

    public override Task KillAsync() => server.KillAsync();

    public override Task StartAsync() => server.StartAsync();

    public override ValueTask DisposeAsync() => server.DisposeAsync();
}
