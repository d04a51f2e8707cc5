using RagCaching.Engines.Tests.Redis;
using StackExchange.Redis;
using static RagCaching.Engines.Tests.Import.Reading;

namespace RagCaching.Engines.Tests.Import;

/// <summary>The hashes of a RedisVL cache become answers, from a real redis-server and from JSON Lines.</summary>
public sealed class RedisVLAnswersTests(SharedRedis redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hashes_OfManyPages_AreReadAndOthersAreNot()
    {
        await using var connection = await ConnectAsync();
        var database = connection.GetDatabase();
        var name = $"cache[{Guid.NewGuid():N}]*";
        for (var i = 0; i < 300; i++)
        {
            await WriteAsync(database, $"{name}:{i:D4}", $"q{i}", $"a{i}");
        }

        await WriteAsync(database, $"{name}x:1", "other", "other");
        await WriteAsync(database, $"{name}:acme:1", "of another cache, whose name begins with this one's", "other");
        await database.KeyExpireAsync($"{name}:0007", TimeSpan.FromHours(5));

        var answers = await RedisVLAnswers.ReadAsync(connection, new RedisVLOptions { Name = name }).ToListAsync(Token);

        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"q{i} > a{i}").Order(), answers.Select(answer => $"{answer.Question} > {answer.Answer}").Distinct().Order());
        Assert.Equal(["q7"], answers.Where(answer => answer.TimeToLive > TimeSpan.Zero && answer.TimeToLive <= TimeSpan.FromHours(5)).Select(answer => answer.Question).Distinct());
    }

    [Fact]
    public async Task Fields_ThatWereFilteredBy_BecomeScopeAndTags()
    {
        await using var connection = await ConnectAsync();
        var name = Guid.NewGuid().ToString("N");
        await WriteAsync(connection.GetDatabase(), $"{name}:1", "q", "a", new HashEntry("tenant", "shop"), new HashEntry("country", "nl"));

        var answer = Assert.Single(await RedisVLAnswers.ReadAsync(connection, new RedisVLOptions { Name = name, ScopeFields = ["tenant"], TagFields = ["country", "none"] }).ToListAsync(Token));

        Assert.Equal((CacheScope.For("shop"), "country=nl"), (answer.Scope, Assert.Single(answer.Tags)));
    }

    [Fact]
    public async Task Keys_ThatCannotBeTaken_AreFaults()
    {
        await using var connection = await ConnectAsync();
        var database = connection.GetDatabase();
        var name = Guid.NewGuid().ToString("N");
        await database.StringSetAsync($"{name}:text", "x");
        await database.HashSetAsync($"{name}:half", [new("prompt", "q"), new("tenant", "shop")]);
        await WriteAsync(database, $"{name}:long", "q", new string('x', 2_000), new HashEntry("tenant", "shop"));
        await WriteAsync(database, $"{name}:free", "q", "a");
        await database.HashSetAsync($"{name}:bytes", [new("prompt", new byte[] { 0xFF, 0xFE }), new("response", "a"), new("tenant", "shop")]);

        var read = await AllAsync(RedisVLAnswers.ReadAsync(connection, new RedisVLOptions { Name = name, ScopeFields = ["tenant"], MaxRecordLength = 1_024 }));

        Assert.Equal(5, read.Length);
        Assert.Single(read, line => line.Contains("is no hash of RedisVL: WRONGTYPE", StringComparison.Ordinal));
        Assert.Single(read, line => line.EndsWith("response: It is missing.", StringComparison.Ordinal));
        Assert.Single(read, line => line.EndsWith("response: It is longer than 1024 (AnswerReaderOptions.MaxRecordLength).", StringComparison.Ordinal));
        Assert.Single(read, line => line.EndsWith("tenant: It is missing or blank, and the scope is made of it.", StringComparison.Ordinal));
        Assert.Single(read, line => line.Contains("prompt: It has bytes that are not of the encoding", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hashes_OfMoreThanIsReadAtOnce_AreAllRead()
    {
        await using var connection = await ConnectAsync();
        var name = Guid.NewGuid().ToString("N");
        var answer = new string('x', 3 << 20);
        for (var i = 0; i < 20; i++)
        {
            await WriteAsync(connection.GetDatabase(), $"{name}:{i}", $"q{i}", answer);
        }

        var answers = await RedisVLAnswers.ReadAsync(connection, new RedisVLOptions { Name = name }).ToListAsync(Token);
        await connection.GetDatabase().KeyDeleteAsync([.. Enumerable.Range(0, 20).Select(i => (RedisKey)$"{name}:{i}")]);

        Assert.Equal(20, answers.DistinctBy(read => read.Question).Count());
        Assert.All(answers, read => Assert.Equal(answer.Length, read.Answer.Length));
    }

    [Fact]
    public async Task Cluster_IsReadAsAWholeOrNotAtAll()
    {
        await using var cluster = new SharedRedisCluster();
        await cluster.StartOrSkipAsync();
        await using (var connection = await ConnectionMultiplexer.ConnectAsync(cluster.Configuration.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)))
        {
            for (var i = 0; i < 100; i++)
            {
                await WriteAsync(connection.GetDatabase(), $"llmcache:{i}", $"q{i}", "a");
            }

            var answers = await RedisVLAnswers.ReadAsync(connection).ToListAsync(Token);
            Assert.Equal(Enumerable.Range(0, 100).Select(i => $"q{i}").Order(), answers.Select(answer => answer.Question).Distinct().Order());
        }

        var killed = await cluster.KillOneAsync();
        await using var without = await ConnectionMultiplexer.ConnectAsync($"{cluster.Configuration},abortConnect=false,connectTimeout=1000");

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(async () => await RedisVLAnswers.ReadAsync(without).ToListAsync(Token));
        Assert.Contains(killed, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonLines_OfEntries_AreRead() => Assert.Equal(
        ["q > a", "r > b", "line 3, line: An entry is an object with 'prompt' and 'response'.", "line 4, tenant: It is missing or blank, and the scope is made of it."],
        await AllAsync(RedisVLAnswers.ReadLinesAsync(
            StreamOf("""
                {"entry_id":"1","prompt":"q","response":"a","vector_distance":0.1,"tenant":"shop","metadata":{"x":1}}
                {"prompt":"r","response":"b","filters":{"tenant":7}}
                []
                {"prompt":"r","response":"b"}
                """),
            new RedisVLOptions { ScopeFields = ["tenant"] })));

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        await redis.StartOrSkipAsync();
        return await ConnectionMultiplexer.ConnectAsync(redis.Configuration);
    }

    // As RedisVL writes an entry: texts, times in seconds, and the vector as bytes.
    private static Task WriteAsync(IDatabase database, string key, string prompt, string response, params HashEntry[] filters) => database.HashSetAsync(
        key, [new("entry_id", key), new("prompt", prompt), new("response", response), new("prompt_vector", new byte[1_536]), new("inserted_at", 1767225600.5), new("updated_at", 1767225600.5), .. filters]);
}
