using RagCaching.Engines.Tests.Postgres;
using RagCaching.Engines.Tests.Redis;
using RagCaching.Engines.Tests.Sqlite;

namespace RagCaching.Engines.Tests.Processes;

/// <summary>Hosts in processes of their own, over a real engine: what one learns, all know.</summary>
public sealed class SharedHostsTests(PostgresServer postgres, SharedRedis redis) : IDisposable
{
    private readonly TestFile _file = new();
    private readonly string _name = $"hosts_{Guid.NewGuid():N}";

    public static TheoryData<string> Engines => ["sqlite", "redis", "postgres"];

    public void Dispose() => _file.Dispose();

    private async Task<HostProcess> StartAsync(string engine)
    {
        switch (engine)
        {
            case "redis":
                await redis.StartOrSkipAsync();
                return await HostProcess.StartAsync(engine, redis.Configuration, _name);
            case "postgres":
                await postgres.StartOrSkipAsync();
                return await HostProcess.StartAsync(engine, postgres.ConnectionString, _name);
            default:
                return await HostProcess.StartAsync(engine, _file.Path, _name);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Answer_OfOneHost_IsServedByTheOthersAndAfterARestart(string engine)
    {
        await using (var first = await StartAsync(engine))
        await using (var second = await StartAsync(engine))
        {
            Assert.StartsWith("Miss", await first.DoAsync("ask one-question"), StringComparison.Ordinal);
            Assert.Equal("flushed", await first.DoAsync("flush"));
            await second.UntilAsync("status", answer => answer.Contains("entries=1", StringComparison.Ordinal));
            Assert.Equal("ExactHit answer to one-question", await second.DoAsync("ask one-question"));

            Assert.Equal("removed 1", await second.DoAsync("forget one"));
            await first.UntilAsync("status", answer => answer.Contains("entries=0", StringComparison.Ordinal));
            Assert.StartsWith("Miss", await first.DoAsync("ask one-question"), StringComparison.Ordinal);
        }

        await using var third = await StartAsync(engine);
        Assert.Equal("ExactHit answer to one-question", await third.DoAsync("ask one-question"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Question_OfAThousandCallersOverFourHosts_CallsTheModelOnce(string engine)
    {
        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync(engine)));
        try
        {
            var answers = await Task.WhenAll(hosts.Select(host => host.DoAsync("many 250 1000 popular-question")));

            Assert.All(answers, answer => Assert.EndsWith("answered=250", answer, StringComparison.Ordinal));
            Assert.Equal(1, answers.Count(answer => answer.StartsWith("calls=1 ", StringComparison.Ordinal)));
            Assert.Equal(3, answers.Count(answer => answer.StartsWith("calls=0 ", StringComparison.Ordinal)));
        }
        finally
        {
            foreach (var host in hosts)
            {
                await host.DisposeAsync();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Host_KilledWhileItGenerates_IsReplacedByOneOther(string engine)
    {
        var owner = await StartAsync(engine);
        await using var second = await StartAsync(engine);
        await using var third = await StartAsync(engine);
        await owner.TellAsync("many 1 600000 popular-question");
        await second.UntilAsync("many 1 0 warm-up", answer => answer.EndsWith("answered=1", StringComparison.Ordinal));
        await owner.KillAsync();

        var answers = await Task.WhenAll(second.DoAsync("many 20 100 popular-question"), third.DoAsync("many 20 100 popular-question"));

        Assert.All(answers, answer => Assert.EndsWith("answered=20", answer, StringComparison.Ordinal));
        Assert.Equal(["calls=0", "calls=1"], answers.Select(answer => answer.Split(' ')[0]).Order());
        await owner.DisposeAsync();
    }
}
