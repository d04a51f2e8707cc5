using System.Buffers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace RagCaching.Engines.Tests.Sqlite;

/// <summary>The storage of embeddings in a file keeps the contract of distributed caches.</summary>
public sealed class SqliteEmbeddingStorageTests : IAsyncLifetime
{
    private readonly TestFile _file = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private ServiceProvider _services = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IBufferDistributedCache Storage => (IBufferDistributedCache)_services.GetRequiredService<IDistributedCache>();

    public ValueTask InitializeAsync()
    {
        _services = Start();
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _file.Dispose();
    }

    private ServiceProvider Start()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddRagCaching().UseSqliteJournal(_file.Path).AddSqliteEmbeddingStorage();
        return services.BuildServiceProvider();
    }

    private static DistributedCacheEntryOptions For(TimeSpan? absolute = null, TimeSpan? sliding = null) => new() { AbsoluteExpirationRelativeToNow = absolute, SlidingExpiration = sliding };

    [Fact]
    public async Task Get_AfterARestart_ReturnsWhatWasSet()
    {
        await Storage.SetAsync("key", [1, 2, 3], For(TimeSpan.FromHours(1)), Token);
        await _services.DisposeAsync();
        _services = Start();

        Assert.Equal([1, 2, 3], await Storage.GetAsync("key", Token));
        Assert.Null(await Storage.GetAsync("another key", Token));
    }

    [Fact]
    public async Task Get_AfterItsTime_ReturnsNothing()
    {
        await Storage.SetAsync("absolute", [1], For(TimeSpan.FromMinutes(10)), Token);
        await Storage.SetAsync("sliding", [2], For(sliding: TimeSpan.FromMinutes(10)), Token);
        await Storage.SetAsync("both", [3], For(TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(10)), Token);
        await Storage.SetAsync("for ever", [4], new DistributedCacheEntryOptions(), Token);

        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal([2], await Storage.GetAsync("sliding", Token));
        await Storage.RefreshAsync("both", Token);
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(await Storage.GetAsync("absolute", Token));
        Assert.Equal([2], await Storage.GetAsync("sliding", Token));
        Assert.Equal([3], await Storage.GetAsync("both", Token));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await Storage.GetAsync("both", Token));
        Assert.Equal([4], await Storage.GetAsync("for ever", Token));
    }

    [Fact]
    public async Task Set_Again_ReplacesAndRemoves()
    {
        await Storage.SetAsync("key", [1], For(TimeSpan.FromHours(1)), Token);
        await Storage.SetAsync("key", new ReadOnlySequence<byte>(new byte[] { 2, 3 }), For(TimeSpan.FromHours(1)), Token);
        var written = new ArrayBufferWriter<byte>();

        Assert.True(await Storage.TryGetAsync("key", written, Token));
        Assert.Equal([2, 3], written.WrittenSpan.ToArray());
        await Storage.RemoveAsync("key", Token);
        Assert.False(await Storage.TryGetAsync("key", written, Token));
    }

    [Fact]
    public async Task Get_ADamagedValue_ReturnsNothing()
    {
        await Storage.SetAsync("key", new byte[500], For(TimeSpan.FromHours(1)), Token);
        using (var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE storage SET value = zeroblob(499) || x'01'";
            command.ExecuteNonQuery();
        }

        Assert.Null(await Storage.GetAsync("key", Token));
    }

    [Fact]
    public async Task Set_ExpiredValues_AreDeletedInTime()
    {
        await Storage.SetAsync("old", new byte[500], For(TimeSpan.FromMinutes(1)), Token);
        _time.Advance(TimeSpan.FromMinutes(5));
        await Storage.SetAsync("new", [1], For(TimeSpan.FromHours(1)), Token);

        using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(key) FROM storage";
        Assert.Equal("new", command.ExecuteScalar());
    }
}
