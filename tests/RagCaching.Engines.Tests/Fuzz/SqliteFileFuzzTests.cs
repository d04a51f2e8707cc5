using Microsoft.Data.Sqlite;
using RagCaching.Engines.Tests.Sqlite;
using RagCaching.Tests.Fuzz;

namespace RagCaching.Engines.Tests.Fuzz;

/// <summary>Rows of a SQLite file that somebody has changed: what is read back is what was written, or nothing.</summary>
public sealed class SqliteFileFuzzTests : IAsyncLifetime
{
    private static readonly JournalIdentity Identity = new() { KeyCheck = "check" };
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly TestFile _file = new();
    private SqliteVectorJournal _journal = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _journal = new SqliteVectorJournal(new SqliteJournalOptions { Path = _file.Path });
        await _journal.OpenAsync(Identity, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        _file.Dispose();
    }

    private static VectorEntry Entry() => new()
    {
        Partition = "p",
        Id = "id",
        Vector = new[] { 0.5f, 1, 2 },
        Metadata = new byte[] { 1, 2, 3 },
        Payload = new byte[] { 4, 5, 6, 7 },
        Labels = ["label", "other"],
        Owner = "owner",
        CreatedAt = Now,
        ExpiresAt = Now.AddHours(1),
    };

    [Theory]
    [InlineData("vector")]
    [InlineData("payload")]
    [InlineData("metadata")]
    [InlineData("labels")]
    public async Task Read_RowWasChanged_IsWhatWasWrittenOrNothing(string column)
    {
        await using var connection = new SqliteConnection($"Data Source={_file.Path}");
        await connection.OpenAsync(Token);
        for (var seed = 1; seed <= Math.Clamp(FuzzRun.Inputs / 50, 60, 2_000); seed++)
        {
            await _journal.AppendAsync([JournalChange.Upsert(Entry(), long.MaxValue)], Token);
            var bytes = FuzzRun.Mutate(new Random(seed), new byte[] { 0, 0, 0, 63, 0, 0, 128, 63 });
            var command = connection.CreateCommand();
            command.CommandText = $"UPDATE entries SET {column} = $bytes";
            command.Parameters.AddWithValue("$bytes", bytes);
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));

            Assert.Null(await _journal.ReadAsync("p", "id", withVector: true, Token));
            var page = await _journal.ReadSnapshotAsync(null, 10, withPayloads: true, Token);
            Assert.Equal((0, 1), (page.Entries.Count, page.Unreadable));
        }
    }
}
