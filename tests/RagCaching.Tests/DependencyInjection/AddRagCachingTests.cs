using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.DependencyInjection;

public sealed class AddRagCachingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddRagCaching_HostWithAComponentThatInjectsTheChatClient_StartsAndAnswers()
    {
        var builder = NewHost();
        var inner = new TestChatClient();
        builder.Services.AddChatClient(inner).UseSemanticCache();
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true);
        builder.Services.AddSingleton<ChatComponent>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ChatComponent>());
        using var host = builder.Build();

        await host.StartAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        var again = await host.Services.GetRequiredService<IChatClient>().GetResponseAsync(ChatComponent.Question, cancellationToken: Token);
        await host.StopAsync(Token);

        Assert.Equal("answer 1", host.Services.GetRequiredService<ChatComponent>().Answer);
        Assert.Equal(SemanticCacheOutcome.ExactHit, again.GetSemanticCacheResult()!.Outcome);
        Assert.Equal(1, inner.Calls);
    }

    [Fact]
    public async Task AddRagCaching_GuardThatNeedsTheChatClient_DoesNotHang()
    {
        var builder = NewHost();
        builder.Services.AddChatClient(new TestChatClient()).UseSemanticCache();
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true).AddGuard<GuardWithChatClient>();
        using var host = builder.Build();
        var chat = host.Services.GetRequiredService<IChatClient>();

        await chat.GetResponseAsync("What is a cache?", cancellationToken: Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        var response = await chat.GetResponseAsync("What is a cache??", cancellationToken: Token).WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.NotNull(response.GetSemanticCacheResult());
    }

    [Fact]
    public async Task AddRagCaching_NoEmbeddingGenerator_FailsAtStartAndSaysWhatToAdd()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddRagCaching();
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains("services.AddEmbeddingGenerator", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddRagCaching_ScopedEmbeddingGenerator_FailsAtStartAndSaysWhy()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddScoped<IEmbeddingGenerator<string, Embedding<float>>>(_ => new TestEmbeddingGenerator());
        builder.Services.AddRagCaching();
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains("scoped", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServiceLifetime.Scoped)]
    [InlineData(ServiceLifetime.Transient)]
    public async Task AddRagCaching_ScopeProviderThatIsNoSingleton_FailsAtStartAndSaysWhy(ServiceLifetime lifetime)
    {
        var builder = NewHost();
        builder.Services.Add(new ServiceDescriptor(typeof(ICacheScopeProvider), _ => new TestScopeProvider(() => CacheScope.For("whoever came first")), lifetime));
        builder.Services.AddRagCaching();
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains("ICacheScopeProvider must be a singleton", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MinimumSimilarity", "2")]
    [InlineData("TimeToLive", "-00:00:01")]
    [InlineData("Limits:LookupTimeout", "00:00:00")]
    [InlineData("Limits:MaxQuestionLength", "0")]
    [InlineData("Embeddings:LocalCapacity", "-1")]
    [InlineData("Embeddings:TimeToLive", "00:00:00")]
    [InlineData("InMemoryStore:MaxEntries", "0")]
    [InlineData("Keys:KeySecret", "too short")]
    public async Task BindConfiguration_SettingOutOfRange_FailsAtStartAndNamesIt(string key, string value)
    {
        var builder = NewHost();
        builder.Configuration.AddInMemoryCollection([new("RagCaching:" + key, value)]);
        builder.Services.AddRagCaching().BindConfiguration(builder.Configuration.GetSection("RagCaching"));
        using var host = builder.Build();

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(Token));

        Assert.Contains(key.Split(':')[^1], exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BindConfiguration_SettingChangesWhileRunning_IsFollowedUnlessItIsInvalid()
    {
        var source = new Dictionary<string, string?> { ["RagCaching:ShareAcrossCallers"] = "true" };
        var builder = NewHost();
        builder.Configuration.AddInMemoryCollection(source);
        builder.Services.AddRagCaching().BindConfiguration(builder.Configuration.GetSection("RagCaching"));
        using var host = builder.Build();
        var cache = host.Services.GetRequiredService<ISemanticCache>();
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        Assert.Equal(SemanticCacheOutcome.Miss, (await cache.LookupAsync("What is a cache?", Token)).Outcome);

        configuration["RagCaching:Enabled"] = "false";
        configuration.Reload();
        Assert.Equal(SemanticCacheReason.Disabled, (await cache.LookupAsync("What is a cache?", Token)).Reason);

        configuration["RagCaching:Enabled"] = "true";
        configuration["RagCaching:MinimumSimilarity"] = "7";
        Assert.ThrowsAny<Exception>(configuration.Reload);
        Assert.Equal(SemanticCacheReason.Disabled, (await cache.LookupAsync("What is a cache?", Token)).Reason);
    }

    [Fact]
    public void AddRagCaching_CalledTwice_RegistersOnce()
    {
        var services = new ServiceCollection();
        services.AddRagCaching(options => options.TimeToLive = TimeSpan.FromHours(1));
        var count = services.Count(service => !IsConfiguration(service));

        services.AddRagCaching(options => options.MinimumSimilarity = 0.9f);

        Assert.Equal(count, services.Count(service => !IsConfiguration(service)));

        // Each call adds its configuration and the request to validate it; both apply in order.
        static bool IsConfiguration(ServiceDescriptor service) =>
            service.ServiceType.IsGenericType && (service.ServiceType.GetGenericTypeDefinition() == typeof(IConfigureOptions<>));
    }

    [Fact]
    public async Task AddRagCaching_HostsOwnServices_AreUsedAndNotReplaced()
    {
        var builder = NewHost();
        var store = new TestVectorStore(new InMemoryVectorStore());
        builder.Services.AddSingleton<IVectorStore>(store);
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true);
        using var host = builder.Build();

        await host.Services.GetRequiredService<ISemanticCache>().StoreAsync("What is a cache?", CacheFixture.Answer("A memory."), Token);

        Assert.Single(store.Written);
        Assert.IsType<TestEmbeddingGenerator>(host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.Null(host.Services.GetService<IDistributedCache>());
    }

    [Fact]
    public async Task UseEmbeddingCache_WithAddRagCaching_IsOneCacheForBoth()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var inner = new TestEmbeddingGenerator();
        builder.Services.AddEmbeddingGenerator(inner).UseEmbeddingCache();
        builder.Services.AddRagCaching();
        using var host = builder.Build();
        var generator = host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        var embedder = host.Services.GetRequiredService<ICachedEmbedder>();

        await generator.GenerateAsync(["a text"], cancellationToken: Token);
        await embedder.GenerateVectorAsync("a text", cancellationToken: Token);

        Assert.Same(generator.GetService<ICachedEmbedder>(), embedder.GetService<ICachedEmbedder>());
        Assert.Equal(1, inner.Calls);
    }

    [Theory]
    [InlineData("generator instance")]
    [InlineData("generator under a key")]
    [InlineData("generator in a wrapper")]
    [InlineData("embedder instance")]
    [InlineData("scoped use")]
    public async Task Dispose_EmbedderThatTheHostMade_IsTheHostsToDispose(string registration)
    {
        var inner = new DisposableGenerator();
        var own = new CachedEmbedder(inner);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        object? key = registration == "generator under a key" ? "k" : null;
        switch (registration)
        {
            case "generator under a key":
                builder.Services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>("k", own);
                break;
            case "generator in a wrapper":
                builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new Wrapper(own));
                break;
            case "embedder instance":
                builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(own);
                builder.Services.AddSingleton<ICachedEmbedder>(own);
                break;
            default:
                builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(own);
                break;
        }

        _ = key is null ? builder.Services.AddRagCaching() : builder.Services.AddKeyedRagCaching(key);
        var host = builder.Build();
        using (var scope = host.Services.CreateScope())
        {
            var embedder = key is null ? scope.ServiceProvider.GetRequiredService<ICachedEmbedder>() : scope.ServiceProvider.GetRequiredKeyedService<ICachedEmbedder>(key);
            await embedder.GenerateVectorAsync("a text", cancellationToken: Token);
            _ = key is null ? scope.ServiceProvider.GetRequiredService<ISemanticCache>() : scope.ServiceProvider.GetRequiredKeyedService<ISemanticCache>(key);
        }

        await ((IAsyncDisposable)host).DisposeAsync();

        Assert.False(inner.IsDisposed);
        await own.GenerateVectorAsync("another text", cancellationToken: Token);
        await own.DisposeAsync();
        Assert.True(inner.IsDisposed);
    }

    [Fact]
    public async Task Dispose_EmbedderThatTheCacheMade_IsDisposedWithoutTheHostsGenerator()
    {
        var inner = new DisposableGenerator();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(inner);
        builder.Services.AddRagCaching();
        var host = builder.Build();
        var embedder = host.Services.GetRequiredService<ICachedEmbedder>();

        await ((IAsyncDisposable)host).DisposeAsync();

        Assert.False(inner.IsDisposed);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await embedder.GenerateVectorAsync("a text", cancellationToken: Token));
    }

    [Fact]
    public async Task AddRagCaching_DistributedCacheOfTheHost_KeepsEmbeddings()
    {
        var builder = NewHost();
        builder.Services.AddDistributedMemoryCache();
        builder.Services.AddRagCaching();
        using var host = builder.Build();
        var embedder = host.Services.GetRequiredService<ICachedEmbedder>();
        await embedder.GenerateVectorAsync("a text", cancellationToken: Token);
        await ((IAsyncDisposable)embedder).DisposeAsync();

        var inner = new TestEmbeddingGenerator();
        await using var other = new CachedEmbedder(inner, host.Services.GetRequiredService<IDistributedCache>());
        await other.GenerateVectorAsync("a text", cancellationToken: Token);

        Assert.Equal(0, inner.Calls);
    }

    [Fact]
    public async Task AddKeyedRagCaching_TwoCaches_ShareNothing()
    {
        var builder = NewHost();
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true);
        builder.Services.AddKeyedRagCaching("faq", options => options.ShareAcrossCallers = true).UseInMemoryStore(store => store.MaxEntries = 10);
        using var host = builder.Build();
        await host.StartAsync(Token);
        var first = host.Services.GetRequiredService<ISemanticCache>();
        var second = host.Services.GetRequiredKeyedService<ISemanticCache>("faq");

        await first.StoreAsync("What is a cache?", CacheFixture.Answer("A memory."), Token);

        Assert.False((await second.LookupAsync("What is a cache?", Token)).IsHit);
        Assert.True((await first.LookupAsync("What is a cache?", Token)).IsHit);
    }

    [Fact]
    public async Task UseKeyedSemanticCache_Key_UsesThatCache()
    {
        var builder = NewHost();
        builder.Services.AddChatClient(new TestChatClient()).UseKeyedSemanticCache("faq");
        builder.Services.AddKeyedRagCaching("faq", options => options.ShareAcrossCallers = true);
        using var host = builder.Build();

        await host.Services.GetRequiredService<IChatClient>().GetResponseAsync("What is a cache?", cancellationToken: Token);
        var filter = new VectorFilter();

        Assert.Equal(1, await host.Services.GetRequiredKeyedService<IVectorStore>("faq").CountAsync(filter, Token));
    }

    [Fact]
    public async Task AddKeyedRagCaching_Counts_CarryTheKeyAsTheirName()
    {
        using var meters = new TestMeterFactory();
        using var requests = new MetricCollector<long>(meters, RagCachingDiagnostics.MeterName, "ragcaching.cache.requests");
        var builder = NewHost();
        builder.Services.AddSingleton<IMeterFactory>(meters);
        builder.Services.AddChatClient(new TestChatClient()).UseKeyedSemanticCache("faq");
        builder.Services.AddKeyedRagCaching("faq", options => options.ShareAcrossCallers = true);
        using var host = builder.Build();
        var chat = host.Services.GetRequiredService<IChatClient>();

        await chat.GetResponseAsync("What is a cache?", cancellationToken: Token);
        await chat.GetResponseAsync("What is a cache?", new ChatOptions { ConversationId = "c1" }, Token);

        var counted = requests.GetMeasurementSnapshot().Where(measurement => measurement.Tags["ragcaching.cache.kind"] is "response").ToArray();
        Assert.Equal(2, counted.Length);
        Assert.All(counted, measurement => Assert.Equal("faq", measurement.Tags["ragcaching.cache.name"]));
    }

    [Fact]
    public async Task AddKeyedRagCaching_GeneratorWithTheSameKey_IsPreferred()
    {
        var builder = NewHost();
        var keyed = new TestEmbeddingGenerator();
        builder.Services.AddKeyedEmbeddingGenerator("faq", keyed);
        builder.Services.AddKeyedRagCaching("faq");
        using var host = builder.Build();

        await host.Services.GetRequiredKeyedService<ICachedEmbedder>("faq").GenerateVectorAsync("a text", cancellationToken: Token);

        Assert.Equal(1, keyed.Calls);
    }

    [Fact]
    public async Task Dispose_Host_DisposesWhatItMadeOnce()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var generator = new TestEmbeddingGenerator();
        builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(generator);
        builder.Services.AddRagCaching();
        var host = builder.Build();
        var store = host.Services.GetRequiredService<IVectorStore>();
        host.Services.GetRequiredService<ICachedEmbedder>();

        host.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.CountAsync(new VectorFilter(), Token));
        Assert.False(generator.Disposed);
    }

    private static HostApplicationBuilder NewHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        return builder;
    }

    private sealed class ChatComponent(IChatClient chat) : IHostedService
    {
        public const string Question = "What is a cache?";

        public string? Answer { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken) =>
            Answer = (await chat.GetResponseAsync(Question, cancellationToken: cancellationToken)).Text;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class GuardWithChatClient(IChatClient chat) : IMatchGuard
    {
        public string Name => "chat";

        public bool Allows(string question, string candidate) => chat is not null;
    }

    private sealed class DisposableGenerator : IEmbeddingGenerator<string, Embedding<float>>
    {
        public bool IsDisposed { get; private set; }

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(_ => new Embedding<float>(new float[] { 1, 0 }))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Wrapper(IEmbeddingGenerator<string, Embedding<float>> inner) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner);
}
