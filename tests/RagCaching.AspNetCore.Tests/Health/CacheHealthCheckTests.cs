using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RagCaching.AspNetCore.Tests.Hosting;
using RagCaching.Chaos.Stores;

namespace RagCaching.AspNetCore.Tests.Health;

public sealed class CacheHealthCheckTests
{
    [Fact]
    public async Task Check_OfACacheInMemory_IsHealthy()
    {
        await using var host = await OwnerHost.StartAsync(services: services => services.AddHealthChecks().AddRagCaching());

        var report = await ReportAsync(host);

        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal("The cache serves.", report.Description);
    }

    [Fact]
    public async Task Check_OfAJournalThatIsReached_SaysHowItStands()
    {
        await using var store = new JournaledVectorStore(new MemoryJournal(new MemoryJournal.Place()));
        await store.WhenLoadedAsync(TestContext.Current.CancellationToken);
        await using var host = await StartAsync(store);

        var report = await ReportAsync(host);

        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal(true, report.Data["journal.loaded"]);
    }

    [Fact]
    public async Task Check_OfAJournalThatWasNeverReached_IsUnhealthy()
    {
        await using var store = new JournaledVectorStore(new MemoryJournal(new MemoryJournal.Place()) { Before = (_, _) => throw new IOException("gone") });
        await using var host = await StartAsync(store);

        var report = await ReportAsync(host);

        Assert.Equal(HealthStatus.Unhealthy, report.Status);
        Assert.Contains("journal", report.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_ThatMeanNothing_AreRefused() => Assert.Contains("MaxStaleness", Assert.Throws<ArgumentOutOfRangeException>(
        () => new ServiceCollection().AddHealthChecks().AddRagCaching(configure: options => options.MaxStaleness = TimeSpan.Zero)).Message, StringComparison.Ordinal);

    private static Task<OwnerHost> StartAsync(JournaledVectorStore store) => OwnerHost.StartAsync(services: services =>
    {
        services.AddSingleton<IVectorStore>(store);
        services.AddHealthChecks().AddRagCaching();
    });

    private static async Task<HealthReportEntry> ReportAsync(OwnerHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["ragcaching"];
}
