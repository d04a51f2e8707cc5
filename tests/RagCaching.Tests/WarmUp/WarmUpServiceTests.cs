using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Tests.TestDoubles;
using RagCaching.WarmUp;

namespace RagCaching.Tests.WarmUp;

public sealed class WarmUpServiceTests
{
    private const string RehearsalName = "a rehearsal of a test";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_HostBetweenRounds_EndsTheWorkInTheBackground()
    {
        // The clock stands still, so the first pause never ends by itself.
        await using var service = NewService();
        await service.StartAsync(Token);

        await service.StopAsync(Token);

        Assert.True(service.Rounds.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Dispose_WithoutStop_EndsTheWorkInTheBackground()
    {
        var service = NewService();
        await service.StartAsync(Token);

        service.Dispose();

        await service.Rounds.WaitAsync(Token);
    }

    [Fact]
    public async Task Start_ProcessThatIsWarm_DoesNothing()
    {
        await using var service = NewService(isWarm: true);

        await service.StartAsync(Token);

        Assert.Same(Task.CompletedTask, service.Rounds);
    }

    [Fact]
    public async Task AddRagCaching_TwoCaches_OneWarmUpThatTouchesNothingOfTheHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        using var generator = new TestEmbeddingGenerator();
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider());
        builder.Services.AddEmbeddingGenerator(generator);
        builder.Services.AddRagCaching();
        builder.Services.AddKeyedRagCaching("faq");
        using var host = builder.Build();

        await host.StartAsync(Token);

        Assert.Single(host.Services.GetServices<IHostedService>().OfType<WarmUpService>());
        Assert.Equal(0, generator.Calls);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Rehearsal_EveryRun_GoesAllWaysUnseenByListeners()
    {
        var seen = new List<string>();
        using var meters = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == RehearsalName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == TelemetryNames.Tags.Result)
                {
                    seen.Add($"{tag.Value}");
                }
            }
        });
        meters.Start();
        var spans = 0;
        using var activities = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == RagCachingDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
            {
                spans += options.Parent.TraceId == Activity.Current?.TraceId && Activity.Current is not null ? 1 : 0;
                return ActivitySamplingResult.None;
            },
        };
        ActivitySource.AddActivityListener(activities);
        using var mine = new Activity("test").Start();
        using var rehearsal = new Rehearsal(RehearsalName);

        await rehearsal.RunAsync(Token);
        seen.Clear();
        await rehearsal.RunAsync(Token);

        // The second run finds nothing that the first one left.
        Assert.Equal(["hit", "miss"], seen.Distinct().Order());
        Assert.True(seen.Count(static result => result == "miss") >= 3);
        Assert.Equal(0, spans);
    }

    private static WarmUpService NewService(bool isWarm = false) => new(
        new FaultReporting(new FakeTimeProvider(), new CacheTelemetry(TelemetryNames.Kinds.Response, "test", services: null), NullLogger.Instance), new StrongBox<bool>(isWarm));
}
