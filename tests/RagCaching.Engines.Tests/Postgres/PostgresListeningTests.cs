using Npgsql;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Engines.Tests.Postgres;

/// <summary>How a journal is told of changes.</summary>
public sealed class PostgresListeningTests(PostgresServer server)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly string _schema = $"test_{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WaitForChangesAsync_Cancelled_ListensOnWithItsConnection()
    {
        await server.StartOrSkipAsync();
        await using var journal = NewJournal();
        await using var other = NewJournal();
        var position = await journal.OpenAsync(new JournalIdentity { KeyCheck = "key" }, Token);
        await other.OpenAsync(new JournalIdentity { KeyCheck = "key" }, Token);

        // The first wait only begins to listen.
        await journal.WaitForChangesAsync(position, Long, Token);
        var listening = await ListeningAsync();
        using (var enough = CancellationTokenSource.CreateLinkedTokenSource(Token))
        {
            var waiting = journal.WaitForChangesAsync(position, Long, enough.Token).AsTask();
            await enough.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        var told = journal.WaitForChangesAsync(position, Long, Token).AsTask();
        await other.AppendAsync([JournalChange.Remove("partition", "id")], Token);
        await told;

        Assert.Equal(listening, await ListeningAsync());
        Assert.NotEqual(0, listening);
    }

    private PostgresVectorJournal NewJournal() =>
        new(new PostgresJournalOptions { ConnectionString = server.ConnectionString, Schema = _schema, UseNotifications = true }, new TestServices());

    private async Task<int> ListeningAsync()
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand("SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%' || $1 || '%'");
        command.Parameters.Add(new NpgsqlParameter { Value = _schema[^20..] });
        return (int)(await command.ExecuteScalarAsync(Token) ?? 0);
    }
}
