using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Extensions.VectorData;
using RagCaching.Engines.Tests.Replay;
using RagCaching.Tests.TestDoubles;
using RagCaching.VectorData.DependencyInjection;
using RagCaching.VectorData.Diagnostics;
using RagCaching.VectorData.Tests.Memory;

namespace RagCaching.VectorData.Tests.Registration;

/// <summary>The store as a host uses it.</summary>
public sealed class UseVectorDataTests
{
    private readonly MemoryVectorStore _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_AfterARestartOfTheHost_IsAHitByMeaning()
    {
        using (var host = NewHost(builder => builder.UseVectorData(_database)))
        {
            await host.StartAsync(Token);
            Assert.Equal(SemanticCacheOutcome.Miss, await AskAsync(host, "How do I open the invoice in the menu of the shop?"));
            await host.StopAsync(Token);
        }

        using var again = NewHost(builder => builder.UseVectorData(_database));
        await again.StartAsync(Token);
        Assert.Equal(SemanticCacheOutcome.ExactHit, await AskAsync(again, "How do I open the invoice in the menu of the shop?"));
        Assert.Equal(SemanticCacheOutcome.SemanticHit, await AskAsync(again, "How can I open the invoice in the menu of the shop?"));
        Assert.Equal(["ragcachingd64"], _database.Collections.Keys);
    }

    [Fact]
    public async Task Ask_DatabaseFails_IsACountedMissAndNoError()
    {
        using var host = NewHost(builder => builder.UseVectorData(_database));
        using var failures = new MetricCollector<long>(host.Services.GetRequiredService<IMeterFactory>(), "RagCaching", "ragcaching.cache.failures");
        await host.StartAsync(Token);
        _database.Quirks.OnAnything = new VectorStoreException("Down.");

        Assert.Equal(SemanticCacheOutcome.Miss, await AskAsync(host, "Is it down?"));

        Assert.Contains(failures.GetMeasurementSnapshot(), measured => Equals(measured.Tags["ragcaching.operation"], "read") && Equals(measured.Tags["error.type"], typeof(VectorStoreException).FullName));
    }

    [Fact]
    public async Task Start_DatabaseIsOutOfReach_StartsAndServesWhenItIsThere()
    {
        _database.Quirks.OnAnything = new VectorStoreException("Down.");
        using var host = NewHost(builder => builder.UseVectorData(_database));
        await host.StartAsync(Token);
        _database.Quirks.OnAnything = null;

        Assert.Equal(SemanticCacheOutcome.Miss, await AskAsync(host, "Is it there?"));
        Assert.Equal(SemanticCacheOutcome.ExactHit, await AskAsync(host, "Is it there?"));
    }

    [Fact]
    public async Task Start_DatabaseWithoutFilters_StopsWithWhatIsMissing()
    {
        _database.Quirks.OnFilteredSearch = new NotSupportedException("No filters.");
        using var host = NewHost(builder => builder.UseVectorData(_database));

        var exception = await Assert.ThrowsAsync<VectorStoreCapabilityException>(() => host.StartAsync(Token));

        Assert.Contains("a vector search with a filter", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services")]
    [InlineData("keyed")]
    [InlineData("factory")]
    public async Task Use_EveryWayToNameTheDatabase_UsesIt(string way)
    {
        using var host = NewHost(builder =>
        {
            builder.Services.AddSingleton<VectorStore>(way == "keyed" ? new MemoryVectorStore() : _database);
            builder.Services.AddKeyedSingleton<VectorStore>("answers", _database);
            _ = way switch
            {
                "services" => builder.UseVectorData(),
                "keyed" => builder.UseVectorData(vectorStoreKey: "answers"),
                _ => builder.UseVectorData(services => services.GetRequiredKeyedService<VectorStore>("answers")),
            };
        });
        await host.StartAsync(Token);

        await AskAsync(host, "Where am I kept?");

        Assert.Single(_database.Collections);
    }

    [Fact]
    public async Task Start_TwoCachesInOneCollection_NamesBothAndTheSetting()
    {
        using var host = NewHost(builder => builder.UseVectorData(_database), builder => builder.UseVectorData(_database));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains("the default cache and the cache 'faq'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("VectorDataOptions.CollectionName", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TwoCachesInOneDatabaseByNamesOfOtherCase_IsRefused()
    {
        using var host = NewHost(builder => builder.UseVectorData(_database), builder => builder.UseVectorData(_database).ConfigureVectorData(options => options.CollectionName = "RagCaching"));

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
    }

    [Fact]
    public async Task Start_TwoCachesInTwoDatabases_MayUseOneName()
    {
        var other = new MemoryVectorStore();
        using var host = NewHost(
            builder =>
            {
                builder.Services.AddKeyedSingleton<VectorStore>("mine", _database).AddKeyedSingleton<VectorStore>("other", other);
                builder.UseVectorData(vectorStoreKey: "mine");
            },
            builder => builder.UseVectorData(vectorStoreKey: "other"));

        await host.StartAsync(Token);

        Assert.Single(_database.Collections);
        Assert.Single(other.Collections);
    }

    [Fact]
    public async Task Use_Twice_TakesTheLastDatabaseAndStartsOnce()
    {
        using var host = NewHost(builder => builder.UseVectorData(new MemoryVectorStore()).UseVectorData(_database), builder => builder.UseVectorData(new MemoryVectorStore()));
        await host.StartAsync(Token);

        await AskAsync(host, "Where am I kept?");

        Assert.Single(_database.Collections);
        Assert.Equal(2, host.Services.GetServices<IHostedService>().Count(service => service is VectorDataStart));
    }

    [Fact]
    public async Task Start_AllConnectionsAreInUse_StartsAndSaysSo()
    {
        _database.Quirks.OnAnything = new InvalidOperationException("The timeout period elapsed prior to obtaining a connection from the pool.");
        using var host = NewHost(builder => builder.UseVectorData(_database));

        await host.StartAsync(Token);

        Assert.Equal(typeof(InvalidOperationException), Assert.Single(Messages(host, VectorDataLog.OutOfReachId)).Exception?.GetType());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_NothingThereThatCouldBeOpened_SaysThatItIsNotChecked(bool isKnown)
    {
        using var host = NewHost(builder => builder.UseVectorData(_database).ConfigureVectorData(options => options.CollectionPerPartition = !isKnown));

        await host.StartAsync(Token);

        Assert.Equal(isKnown ? 0 : 1, Messages(host, VectorDataLog.UncheckedId).Count());
    }

    [Fact]
    public async Task Sweep_Fails_SaysSoOnceAMinute()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var host = NewHost(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.UseVectorData(_database).ConfigureVectorData(options => options.SweepInterval = TimeSpan.FromSeconds(20));
        });
        await host.StartAsync(Token);
        _database.Quirks.OnAnything = new VectorStoreException("Permission denied.");

        await Eventually.HoldsAsync(() => Messages(host, VectorDataLog.NotSweptId).Any(), "A message about a deletion that fails", () => time.Advance(TimeSpan.FromSeconds(20)));

        Assert.IsType<VectorStoreException>(Messages(host, VectorDataLog.NotSweptId).First().Exception);
    }

    [Theory]
    [InlineData("CollectionName", "1a")]
    [InlineData("CollectionName", "a b")]
    [InlineData("CollectionName", "")]
    [InlineData("CollectionName", "abcdefghijklmnopqrstuvwxy")]
    [InlineData("Dimensions", "0")]
    [InlineData("Dimensions", "65537")]
    [InlineData("CandidateFactor", "0")]
    [InlineData("CandidateFactor", "101")]
    [InlineData("SweepInterval", "00:00:00.9")]
    [InlineData("SweepInterval", "1.00:00:01")]
    [InlineData("IndexKind", " ")]
    [InlineData("DistanceFunction", "")]
    [InlineData("DistanceFunction", DistanceFunction.ManhattanDistance)]
    [InlineData("DistanceFunction", "hammingdistance")]
    public void Options_OutOfRange_NameTheSettingAndItsValue(string setting, string value)
    {
        var options = new VectorDataOptions();
        switch (setting)
        {
            case "CollectionName": options.CollectionName = value; break;
            case "Dimensions": options.Dimensions = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture); break;
            case "CandidateFactor": options.CandidateFactor = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture); break;
            case "SweepInterval": options.SweepInterval = TimeSpan.Parse(value, System.Globalization.CultureInfo.InvariantCulture); break;
            case "IndexKind": options.Schema.IndexKind = value; break;
            default: options.Schema.DistanceFunction = value; break;
        }

        var exception = Assert.Throws<OptionsValidationException>(() => new VectorDataStore(_database, options));

        Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
        Assert.Contains(value.Length > 1 ? value : "was", exception.Message, StringComparison.Ordinal);
    }

    private static IHost NewHost(Action<IRagCachingBuilder> configure, Action<IRagCachingBuilder>? configureOther = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddFakeLogging();
        builder.Services.AddEmbeddingGenerator(new WordEmbeddings());
        configure(builder.Services.AddRagCaching(options =>
        {
            options.ShareAcrossCallers = true;
            options.MinimumSimilarity = 0.9f;
        }));
        configureOther?.Invoke(builder.Services.AddKeyedRagCaching("faq"));
        return builder.Build();
    }

    private static IEnumerable<FakeLogRecord> Messages(IHost host, int id) => host.Services.GetRequiredService<FakeLogCollector>().GetSnapshot().Where(record => record.Id.Id == id);

    private static async Task<SemanticCacheOutcome> AskAsync(IHost host, string question) => (await host.Services.GetRequiredService<ISemanticCache>().GetOrCreateAsync(
        new SemanticCacheQuery(question),
        (_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, $"answer to {question}")) { FinishReason = ChatFinishReason.Stop }),
        Token)).Outcome;
}
