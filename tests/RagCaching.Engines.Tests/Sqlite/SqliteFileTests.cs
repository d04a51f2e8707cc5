using Microsoft.Data.Sqlite;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Engines.Tests.Sqlite;

/// <summary>Files that are not as they should be.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private static readonly JournalIdentity Identity = new() { KeyCheck = "key", EmbeddingModel = "model", Dimensions = 2 };

    private readonly TestFile _file = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    private SqliteVectorJournal NewJournal(string? path = null) => new(new SqliteJournalOptions { Path = path ?? _file.Path });

    private static VectorEntry Entry(string id) => new()
    {
        Partition = "partition",
        Id = id,
        Vector = new float[] { 1, 0 },
        Metadata = new byte[100],
        Payload = new byte[3_000],
        Labels = ["label"],
        CreatedAt = DateTimeOffset.UtcNow,
        ExpiresAt = DateTimeOffset.UtcNow.AddDays(1),
    };

    private async Task WriteAsync(int count)
    {
        await using var journal = NewJournal();
        await journal.OpenAsync(Identity, Token);
        await journal.AppendAsync([.. Enumerable.Range(0, count).Select(i => JournalChange.Upsert(Entry($"{i}"), long.MaxValue))], Token);
    }

    private void Execute(string sql, string? path = null)
    {
        using var connection = new SqliteConnection($"Data Source={path ?? _file.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task<JournalMismatchException> RefusedAsync(string? path = null)
    {
        await using var journal = NewJournal(path);
        return await Assert.ThrowsAsync<JournalMismatchException>(async () => await journal.OpenAsync(Identity, Token));
    }

    [Fact]
    public async Task Open_AFileOfAnotherApplication_IsRefusedAndUnchanged()
    {
        Execute("CREATE TABLE customers (name TEXT); INSERT INTO customers VALUES ('a')");
        var before = await File.ReadAllBytesAsync(_file.Path, Token);

        var exception = await RefusedAsync();

        Assert.Contains("another application", exception.Message, StringComparison.Ordinal);
        Assert.Contains("SqliteJournalOptions.Path", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_file.Path, Token));
    }

    [Fact]
    public async Task Open_AFileThatIsNoDatabase_IsRefusedAndUnchanged()
    {
        await File.WriteAllTextAsync(_file.Path, new string('x', 5_000), Token);

        var exception = await RefusedAsync();

        Assert.Contains("not a SQLite database", exception.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5_000), await File.ReadAllTextAsync(_file.Path, Token));
    }

    [Fact]
    public async Task Open_AFileOfALaterVersion_IsRefusedAndUnchanged()
    {
        await WriteAsync(1);
        Execute("PRAGMA user_version = 99");

        var exception = await RefusedAsync();

        Assert.Contains("99", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Update the package", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ATruncatedFile_IsRefused()
    {
        await WriteAsync(200);
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        await using (var stream = new FileStream(_file.Path, FileMode.Open))
        {
            stream.SetLength(20_000);
        }

        Assert.Contains("damaged", (await RefusedAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AnEmptyFile_BecomesAJournal()
    {
        await File.WriteAllBytesAsync(_file.Path, [], Token);

        await WriteAsync(1);

        await using var journal = NewJournal();
        await journal.OpenAsync(Identity, Token);
        Assert.Single((await journal.ReadSnapshotAsync(null, 10, withPayloads: true, Token)).Entries);
    }

    [Fact]
    public async Task Open_ANewFileByManyAtOnce_IsMadeOnce()
    {
        for (var round = 0; round < 20; round++)
        {
            var path = Path.Combine(_file.Folder, $"{round}.db");
            var positions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
                async () =>
                {
                    await using var journal = NewJournal(path);
                    return await journal.OpenAsync(Identity, Token);
                },
                Token)));

            Assert.Single(positions.Distinct());
        }
    }

    [Fact]
    public async Task Open_AMissingFolder_IsRefused()
    {
        var exception = await RefusedAsync(Path.Combine(_file.Folder, "missing", "cache.db"));

        Assert.Contains("missing", exception.Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AFolder_IsRefused() => Assert.Contains("cannot be opened", (await RefusedAsync(_file.Folder)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("metadata")]
    [InlineData("vector")]
    [InlineData("payload")]
    public async Task Read_ADamagedRow_IsLeftOutAndCounted(string column)
    {
        await WriteAsync(3);
        Execute($"UPDATE entries SET {column} = zeroblob(length({column}) - 1) || x'01' WHERE id = '1'");
        await using var journal = NewJournal();
        var position = await journal.OpenAsync(Identity, Token);

        var page = await journal.ReadSnapshotAsync(null, 10, withPayloads: true, Token);

        Assert.Equal((1, 2), (page.Unreadable, page.Entries.Count));
        Assert.DoesNotContain(page.Entries, entry => entry.Id == "1");
        Assert.Null(await journal.ReadAsync("partition", "1", withVector: true, Token));
        var changes = await journal.ReadChangesAsync(position with { Version = 0 }, 10, withPayloads: true, Token);
        Assert.Equal(1, changes.Unreadable);
        Assert.Equal(JournalChangeKind.Remove, Assert.Single(changes.Records, record => record.Change.Id == "1").Change.Kind);
    }

    [Fact]
    public async Task Store_OverADamagedRow_ServesTheOthers()
    {
        await using (var writer = new JournaledVectorStore(NewJournal()))
        {
            await writer.WhenLoadedAsync(Token);
            for (var i = 0; i < 3; i++)
            {
                await writer.UpsertAsync(Entry($"{i}"), Token);
            }
        }

        Execute("UPDATE entries SET checksum = checksum + 1 WHERE id = '1'");
        await using var store = new JournaledVectorStore(NewJournal());
        await store.WhenLoadedAsync(Token);

        Assert.NotNull(await store.GetContentAsync("partition", "0", Token));
        Assert.Null(await store.GetContentAsync("partition", "1", Token));
    }

    [Fact]
    public async Task Sweep_ExpiredEntries_AreDeletedWithTheirLabelsAndNames()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var journal = new SqliteVectorJournal(new SqliteJournalOptions { Path = _file.Path }, new TestServices().Add<TimeProvider>(time));
        await journal.OpenAsync(Identity, Token);
        await journal.AppendAsync([.. Enumerable.Range(0, 50).Select(i => JournalChange.Upsert(Entry($"{i}"), long.MaxValue)), JournalChange.RemoveWhere(new VectorFilter { Labels = ["other"] })], Token);

        time.Advance(TimeSpan.FromDays(3));
        var waiting = journal.WaitForChangesAsync(default, TimeSpan.Zero, Token);
        await waiting;

        using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT count(*) FROM entries) || ' ' || (SELECT count(*) FROM entry_labels) || ' ' || (SELECT count(*) FROM events) || ' ' || (SELECT count(*) FROM names)";
        Assert.Equal("0 0 0 0", command.ExecuteScalar());
    }

    public static TheoryData<string, Action<SqliteJournalOptions>> Mistakes => new()
    {
        { nameof(SqliteJournalOptions.Path), options => options.Path = " " },
        { nameof(SqliteJournalOptions.Path), options => options.Path = ":memory:" },
        { nameof(SqliteJournalOptions.PollInterval), options => options.PollInterval = TimeSpan.Zero },
        { nameof(SqliteJournalOptions.RemovalRetention), options => options.RemovalRetention = TimeSpan.FromSeconds(1) },
        { nameof(SqliteJournalOptions.SweepInterval), options => options.SweepInterval = TimeSpan.FromDays(2) },
        { nameof(SqliteJournalOptions.BusyTimeout), options => options.BusyTimeout = TimeSpan.FromHours(1) },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void Constructor_ASettingOutOfRange_IsNamed(string property, Action<SqliteJournalOptions> mistake)
    {
        var options = new SqliteJournalOptions { Path = _file.Path };
        mistake(options);

        var exception = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => new SqliteVectorJournal(options));

        Assert.Contains(property, exception.Message, StringComparison.Ordinal);
    }
}
