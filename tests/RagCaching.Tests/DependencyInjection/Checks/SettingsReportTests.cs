using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using RagCaching.Diagnostics;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.DependencyInjection.Checks;

/// <summary>The settings in force are in the log, and a change that is not valid leaves them in force and is said and counted.</summary>
public sealed class SettingsReportTests : IDisposable
{
    private readonly FakeLogCollector _logs = FakeLogCollector.Create(new FakeLogCollectorOptions());
    private readonly TestMeterFactory _meters = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _meters.Dispose();

    [Fact]
    public async Task Start_EachCache_SaysItsSettingsInOneLine()
    {
        var builder = NewBuilder(("RagCaching:MinimumSimilarity", "0.91"), ("RagCaching:Keys:KeySecret", "0123456789abcdef0123456789abcdef"), ("RagCaching:ScopeThresholds:0:Scope:0", "contoso"));
        builder.Services.AddRagCaching().BindConfiguration(builder.Configuration.GetSection("RagCaching"));
        builder.Services.AddKeyedRagCaching("faq").UseErrorBudget();
        using var host = builder.Build();

        await host.StartAsync(Token);
        _ = host.Services.GetRequiredService<ISemanticCache>();

        var lines = Records(Log.EffectiveSettingsId).Select(record => record.Message).ToArray();
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("The cache 'default' has these settings: Enabled=True, ShareAcrossCallers=False, ErrorBudget=none, MinimumSimilarity=0.91, ScopeThresholds=1, Thresholds=0, AllowLowerThreshold=none, ExactOnly=False, Prices=0, HoldoutRate=0, TimeToLive=1.00:00:00,", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("KeySecret=set, Protection=off.", lines[0], StringComparison.Ordinal);
        Assert.Contains("The cache 'faq' has these settings: Enabled=True, ShareAcrossCallers=False, ErrorBudget=0.02 (AuditRate=0.03), MinimumSimilarity=of the model,", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Contains("contoso", StringComparison.Ordinal) || line.Contains("0123456789", StringComparison.Ordinal) || line.Contains('\n', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MinimumSimilarity", "7", "'RagCaching:MinimumSimilarity' must be at least -1 and at most 1, but was 7.")]
    [InlineData("MinimumSimilarity", "0,9", "'RagCaching:MinimumSimilarity' must be a number with a point, 0.9, but was '0,9'.")]
    [InlineData("ScopeThresholds:0:MinimumSimilarity", "-2", "'RagCaching:ScopeThresholds:0:MinimumSimilarity' must be at least -1 and at most 1, but was -2.")]
    [InlineData("Enabeld", "false", "'RagCaching:Enabeld' is no setting. Did you mean 'Enabled'?")]
    [InlineData("TimeToLive", "24:00:00", "'RagCaching:TimeToLive' is '24:00:00', which is read as 24 days, because the hours of a day end at 23. Write '1.00:00:00' for 24 hours, or '24.00:00:00' for 24 days.")]
    public async Task Reload_NotValid_KeepsTheOldSettingsAndSaysAndCountsIt(string key, string value, string message)
    {
        using var failures = new MetricCollector<long>(_meters, RagCachingDiagnostics.MeterName, TelemetryNames.Instruments.Failures);
        var builder = NewBuilder(("RagCaching:ShareAcrossCallers", "true"), ("RagCaching:Enabled", "false"));
        builder.Services.AddRagCaching().BindConfiguration(builder.Configuration.GetSection("RagCaching"));
        using var host = builder.Build();
        await host.StartAsync(Token);
        var cache = host.Services.GetRequiredService<ISemanticCache>();
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        Assert.Equal(SemanticCacheReason.Disabled, (await cache.LookupAsync("What is a cache?", Token)).Reason);

        configuration["RagCaching:Enabled"] = "true";
        configuration["RagCaching:" + key] = value;
        _ = Record.Exception(configuration.Reload);

        Assert.Equal(SemanticCacheReason.Disabled, (await cache.LookupAsync("What is a cache?", Token)).Reason);
        var error = Assert.Single(Records(Log.SettingsRefusedId));
        Assert.Equal(LogLevel.Error, error.Level);
        Assert.Equal("The configuration of the cache 'default' has changed and is not valid; the settings from before stay in force. " + message, error.Message);
        Assert.Single(failures.GetMeasurementSnapshot(), measured => (string?)measured.Tags[TelemetryNames.Tags.Operation] == TelemetryNames.Operations.Configure);

        // Once it is mended, it is followed again.
        configuration["RagCaching:" + key] = null;
        configuration["RagCaching:MinimumSimilarity"] = "0.9";
        configuration["RagCaching:TimeToLive"] = "01:00:00";
        configuration["RagCaching:ScopeThresholds:0:MinimumSimilarity"] = "0.9";
        if (key != "Enabeld")
        {
            _ = Record.Exception(configuration.Reload);
            Assert.Equal(SemanticCacheReason.NoCandidates, (await cache.LookupAsync("What is a cache?", Token)).Reason);
        }
    }

    private HostApplicationBuilder NewBuilder(params (string Key, string Value)[] entries)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(entries.Select(entry => KeyValuePair.Create(entry.Key, (string?)entry.Value)));
        builder.Services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(_logs)));
        builder.Services.AddSingleton<System.Diagnostics.Metrics.IMeterFactory>(_meters);
        builder.Services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        return builder;
    }

    private FakeLogRecord[] Records(int id) => [.. _logs.GetSnapshot().Where(record => record.Id.Id == id)];
}
