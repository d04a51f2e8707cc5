using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.DependencyInjection;

/// <summary>Add adds one more of many, Use sets the only one, Configure changes what is there; each in generic and factory form.</summary>
public sealed class BuilderPartsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Add_SeveralGuardsAndVerifiers_AreAllThere()
    {
        using var provider = Services(builder => builder.AddGuard<No>().AddGuard(_ => new No()).AddVerifier<No>().AddVerifier(_ => new No()));

        Assert.Equal([typeof(LexicalGuard), typeof(No), typeof(No)], provider.GetServices<IMatchGuard>().Select(guard => guard.GetType()));
        Assert.Equal(2, provider.GetServices<IMatchVerifier>().Count());
    }

    [Fact]
    public void Use_SeveralTimes_TheLastCounts()
    {
        using var provider = Services(builder => builder
            .UseAnswerComparer(_ => AnswerComparers.ShortAnswers).UseAnswerComparer<No>()
            .UseQuestionRewriter<No>().UseQuestionRewriter(_ => new No())
            .UseVectorStore<Stub>().UseVectorStore(_ => new Stub()));

        Assert.IsType<No>(Assert.Single(provider.GetServices<IAnswerComparer>()));
        Assert.Single(provider.GetServices<IQuestionRewriter>());
        Assert.IsType<Stub>(Assert.Single(provider.GetServices<IVectorStore>()));
    }

    [Fact]
    public void UseInMemoryStore_AfterAnother_IsInMemoryAgain()
    {
        using var provider = Services(builder => builder.UseVectorStore<Stub>().UseInMemoryStore(store => store.MaxEntries = 7));

        Assert.IsType<InMemoryVectorStore>(provider.GetRequiredService<IVectorStore>());
        Assert.Equal(7, provider.GetRequiredService<IOptions<InMemoryVectorStoreOptions>>().Value.MaxEntries);
    }

    [Fact]
    public void AddKeyedRagCaching_KeyThatIsNoText_KeepsItsServicesApart()
    {
        using var provider = Services(builder => builder.Services.AddKeyedRagCaching(Tenant.Second, options => options.ShareAcrossCallers = true).UseVectorStore<Stub>());

        Assert.IsType<Stub>(provider.GetRequiredKeyedService<IVectorStore>(Tenant.Second));
        Assert.IsType<InMemoryVectorStore>(provider.GetRequiredService<IVectorStore>());
        Assert.NotSame(provider.GetRequiredService<ISemanticCache>(), provider.GetRequiredKeyedService<ISemanticCache>(Tenant.Second));
        Assert.Same(provider.GetRequiredKeyedService<ISemanticCache>(Tenant.Second), provider.GetRequiredKeyedService<ISemanticCacheManager>(Tenant.Second));
    }

    [Fact]
    public void GetService_Manager_IsTheCacheItself()
    {
        using var provider = Services(_ => { });

        Assert.Same(provider.GetRequiredService<ISemanticCache>(), provider.GetRequiredService<ISemanticCacheManager>());
    }

    [Fact]
    public async Task BindConfiguration_ScopeThresholds_DecideInTheirScopes()
    {
        using var provider = Services(builder => builder.BindConfiguration(Configuration(
            ("MinimumSimilarity", "-1"), ("ScopeThresholds:0:Scope:0", "strict"), ("ScopeThresholds:0:MinimumSimilarity", "1"))));
        var cache = provider.GetRequiredService<ISemanticCache>();

        Assert.Equal(SemanticCacheOutcome.SemanticHit, await OutcomeOfRewordingAsync(cache, CacheScope.For("lenient")));
        Assert.Equal(SemanticCacheOutcome.Miss, await OutcomeOfRewordingAsync(cache, CacheScope.For("strict")));
    }

    [Theory]
    [InlineData("ScopeThresholds:0:MinimumSimilarity", "1.5", "1.5")]
    [InlineData("ScopeThresholds:0:Scope:0", " ", "blank")]
    public void BindConfiguration_ScopeThresholdOutOfRange_NamesTheSetting(string key, string value, string expected)
    {
        using var provider = Services(builder => builder.BindConfiguration(Configuration((key, value))));

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<SemanticCacheOptions>>().Value);

        Assert.Contains("ScopeThresholds", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BindConfiguration_ChatSection_ReachesTheChatClient()
    {
        using var provider = Services(builder => builder
            .BindConfiguration(Configuration(("Chat:CacheableTools:weather", "00:10:00"), ("Chat:Streams:ReplayInterval", "00:00:00.050")))
            .ConfigureChatClient(options => options.Rewriting.Timeout = TimeSpan.FromSeconds(9)));

        var options = provider.GetRequiredService<IOptions<SemanticCachingChatClientOptions>>().Value;

        Assert.Equal(TimeSpan.FromMinutes(10), options.CacheableTools["weather"]);
        Assert.Equal((TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(9)), (options.Streams.ReplayInterval, options.Rewriting.Timeout));
    }

    [Fact]
    public async Task UseSemanticCache_OptionsOfTheCache_AreUsedAndItsOwnSettingsWin()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new TestEmbeddingGenerator());
        services.AddRagCaching(options => options.ShareAcrossCallers = true).ConfigureChatClient(options => (options.CacheableTools["one"], options.ShouldStore) = (null, _ => false));
        services.AddChatClient(new TestChatClient()).UseSemanticCache(configure: options => options.ShouldStore = null);
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IChatClient>();
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one")] };

        await client.GetResponseAsync("What is a cache?", options, Token);

        Assert.Equal(SemanticCacheOutcome.ExactHit, (await client.GetResponseAsync("What is a cache?", options, Token)).GetSemanticCacheResult()!.Outcome);
    }

    [Fact]
    public void UseSemanticCache_OptionsOutOfRange_FailAtStart()
    {
        using var provider = Services(builder => builder.ConfigureChatClient(options => options.Rewriting.Timeout = TimeSpan.Zero));

        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
    }

    private static async Task<SemanticCacheOutcome> OutcomeOfRewordingAsync(ISemanticCache cache, CacheScope scope)
    {
        await cache.StoreAsync(new SemanticCacheQuery("How do I reset my password?") { Scope = scope }, CacheFixture.Answer("an answer"), Token);
        return (await cache.LookupAsync(new SemanticCacheQuery("How can I reset my password?") { Scope = scope }, Token)).Outcome;
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();

    private static ServiceProvider Services(Action<IRagCachingBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new TestEmbeddingGenerator());
        configure(services.AddRagCaching(options => options.ShareAcrossCallers = true));
        return services.BuildServiceProvider();
    }

    private enum Tenant
    {
        First,
        Second,
    }

    private sealed class No : IMatchGuard, IMatchVerifier, IAnswerComparer, IQuestionRewriter
    {
        public string Name => "no";

        public bool Allows(string question, string candidate) => false;

        public ValueTask<bool> VerifyAsync(SemanticCacheMatch match, CancellationToken cancellationToken = default) => new(false);

        public ValueTask<AnswerComparison> CompareAsync(string question, ChatResponse fresh, ChatResponse cached, CancellationToken cancellationToken = default) => new(AnswerComparison.Unknown);

        public ValueTask<string?> RewriteAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken = default) => new((string?)null);
    }

    private sealed class Stub : IVectorStore
    {
        public ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask<VectorEntry?> GetAsync(string partition, string id, CancellationToken cancellationToken = default) => new((VectorEntry?)null);

        public ValueTask<bool> SetMetadataAsync(string partition, string id, ReadOnlyMemory<byte> metadata, CancellationToken cancellationToken = default) => new(false);

        public ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default) => new([]);

        public ValueTask<bool> RemoveAsync(string partition, string id, CancellationToken cancellationToken = default) => new(false);

        public ValueTask<long> RemoveWhereAsync(VectorFilter filter, CancellationToken cancellationToken = default) => new(0L);

        public ValueTask<long> CountAsync(VectorFilter filter, CancellationToken cancellationToken = default) => new(0L);
    }
}
