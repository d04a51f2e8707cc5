using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RagCaching.Pipeline.Tests.TestDoubles;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.DependencyInjection;

public sealed class AddRagPipelineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddRagPipeline_Host_AnswersAndCaches()
    {
        using var host = Build(services => services.AddRagCaching(options => options.ShareAcrossCallers = true)
            .AddRagPipeline()
            .AddRetriever("documents", (_, _) => ValueTask.FromResult<IReadOnlyList<RetrievedChunk>>([RetrieverDouble.Chunk("c1")]))
            .AddRetriever<TitleRetriever>());
        await host.StartAsync(Token);
        var pipeline = host.Services.GetRequiredService<RagPipeline>();

        var answer = await pipeline.AskAsync("Who pays?", cancellationToken: Token);

        Assert.Equal(["c1", "title"], answer.Chunks.Select(chunk => chunk.Id).Order());
        Assert.True((await pipeline.AskAsync("Who pays?", cancellationToken: Token)).IsHit);
        Assert.Same(pipeline, host.Services.GetRequiredService<RagPipeline>());
    }

    [Fact]
    public void BindRagPipelineConfiguration_ASection_ReadsTheSettingsAndChecksThem()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ChunksPerRetriever"] = "3",
            ["RetrievalTimeout"] = "00:00:05",
            ["NoChunks"] = "AnswerWithoutContext",
            ["Selection:MaxChunks"] = "2",
        }).Build();
        using var host = Build(services => services.AddKeyedRagCaching("faq")
            .BindRagPipelineConfiguration(settings)
            .AddRagPipeline(options => options.ChunksPerRetriever++)
            .AddRetriever<TitleRetriever>());

        var options = host.Services.GetRequiredService<IOptionsMonitor<RagPipelineOptions>>().Get("faq");

        Assert.Equal(4, options.ChunksPerRetriever);
        Assert.Equal(TimeSpan.FromSeconds(5), options.RetrievalTimeout);
        Assert.Equal(NoChunksBehavior.AnswerWithoutContext, options.NoChunks);
        Assert.Equal(2, options.Selection.MaxChunks);
        settings["Selection:MaxChunks"] = "-1";
        using var wrong = Build(services => services.AddRagCaching().AddRagPipeline().AddRetriever<TitleRetriever>().BindRagPipelineConfiguration(settings));
        Assert.Contains("MaxChunks", Assert.Throws<OptionsValidationException>(() => wrong.Start()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddRagPipeline_ChatClientWithTheSameCache_IsAskedPastIt()
    {
        var inner = new TestChatClient();
        using var host = Build(
            services => services.AddRagCaching(options => options.ShareAcrossCallers = true).AddRagPipeline().AddRetriever<TitleRetriever>(), inner, cached: true);
        await host.StartAsync(Token);

        await host.Services.GetRequiredService<RagPipeline>().AskAsync("Who pays?", cancellationToken: Token);

        Assert.Null(inner.Requests[0].Options!.AdditionalProperties);
        Assert.Equal(1, await host.Services.GetRequiredService<IVectorStore>().CountAsync(new VectorFilter(), Token));
    }

    [Fact]
    public async Task AddRagPipeline_KeyedCaches_HavePipelinesOfTheirOwn()
    {
        using var host = Build(services =>
        {
            services.AddKeyedRagCaching("faq", options => options.ShareAcrossCallers = true)
                .AddRagPipeline(options => options.NothingFoundText = "No FAQ.").AddRetriever("empty", (_, _) => ValueTask.FromResult<IReadOnlyList<RetrievedChunk>>([]));
            services.AddKeyedRagCaching("handbook", options => options.ShareAcrossCallers = true).AddRagPipeline().AddRetriever<TitleRetriever>();
        });
        await host.StartAsync(Token);

        Assert.Equal("No FAQ.", (await host.Services.GetRequiredKeyedService<RagPipeline>("faq").AskAsync("Who pays?", cancellationToken: Token)).Text);
        Assert.Equal("answer 1", (await host.Services.GetRequiredKeyedService<RagPipeline>("handbook").AskAsync("Who pays?", cancellationToken: Token)).Text);
        Assert.Null(host.Services.GetService<RagPipeline>());
    }

    [Fact]
    public async Task AddRagPipeline_KeyedCache_UsesItsOwnRewriter()
    {
        string? retrievedFor = null;
        using var host = Build(services => services.AddKeyedRagCaching("faq", options => options.ShareAcrossCallers = true)
            .UseQuestionRewriter(_ => new ChatClientQuestionRewriter(new TestChatClient { ResponseCallback = (_, _, _) => Task.FromResult(CacheFixture.Answer("What is the second plan?")) }))
            .AddRagPipeline()
            .AddRetriever("documents", (request, _) =>
            {
                retrievedFor = request.Question;
                return ValueTask.FromResult<IReadOnlyList<RetrievedChunk>>([RetrieverDouble.Chunk("c1")]);
            }));
        await host.StartAsync(Token);

        await host.Services.GetRequiredKeyedService<RagPipeline>("faq").AskAsync(
            [new ChatMessage(ChatRole.User, "Which plans?"), new ChatMessage(ChatRole.Assistant, "Two."), new ChatMessage(ChatRole.User, "And the second one?")], cancellationToken: Token);

        Assert.Equal("What is the second plan?", retrievedFor);
    }

    [Fact]
    public async Task UseSmallModel_KeyedClients_Answer()
    {
        using var host = Build(services =>
        {
            services.AddKeyedChatClient("small", new TestChatClient { Metadata = new ChatClientMetadata("test", null, "small-model") });
            services.AddKeyedChatClient("large", new TestChatClient());
            services.AddRagCaching(options => options.ShareAcrossCallers = true).AddRagPipeline().AddRetriever<TitleRetriever>().UseSmallModel("small", "large");
        });
        await host.StartAsync(Token);

        Assert.Equal("small-model", (await host.Services.GetRequiredService<RagPipeline>().AskAsync("Who pays?", cancellationToken: Token)).ModelUsed);
    }

    [Fact]
    public async Task UseSmallModel_NoKeyForTheLargeOne_AsksTheChatClientOfThePipeline()
    {
        var small = new TestChatClient { ResponseCallback = (_, _, _) => Task.FromResult(CacheFixture.Answer("NO_ANSWER")) };
        using var host = Build(services =>
        {
            services.AddKeyedChatClient(Size.Small, small);
            services.AddRagCaching(options => options.ShareAcrossCallers = true).AddRagPipeline().AddRetriever<TitleRetriever>().UseSmallModel(Size.Small, null);
        });
        await host.StartAsync(Token);

        var answer = await host.Services.GetRequiredService<RagPipeline>().AskAsync("Who pays?", cancellationToken: Token);

        Assert.Equal(1, small.Calls);
        Assert.NotEqual("NO_ANSWER", answer.Text);
    }

    [Fact]
    public async Task Start_NoRetriever_SaysWhatToAdd()
    {
        using var host = Build(services => services.AddRagCaching().AddRagPipeline());

        Assert.Contains("AddRetriever", (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoChatClient_SaysWhatToAdd()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        builder.Services.AddRagCaching().AddRagPipeline().AddRetriever<TitleRetriever>();
        using var host = builder.Build();

        Assert.Contains("AddChatClient", (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token))).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<RagPipelineOptions>> BadSettings => new()
    {
        { nameof(RagPipelineOptions.RetrievalTimeout), options => options.RetrievalTimeout = TimeSpan.Zero },
        { nameof(RagPipelineOptions.PartialAnswerTimeToLive), options => options.PartialAnswerTimeToLive = TimeSpan.FromSeconds(-1) },
        { nameof(RagPipelineOptions.ChunksPerRetriever), options => options.ChunksPerRetriever = 0 },
        { nameof(RagPipelineOptions.NoChunks), options => options.NoChunks = (NoChunksBehavior)7 },
        { nameof(RagPipelineOptions.NothingFoundText), options => options.NothingFoundText = "" },
        { nameof(RagPipelineOptions.Instructions), options => options.Instructions = null! },
        { nameof(ChunkSelectionOptions.MaxChunks), options => options.Selection.MaxChunks = 0 },
        { nameof(ChunkSelectionOptions.MaxTokens), options => options.Selection.MaxTokens = 0 },
        { nameof(ChunkSelectionOptions.MinimumRelativeScore), options => options.Selection.MinimumRelativeScore = double.NaN },
        { nameof(ChunkSelectionOptions.Diversity), options => options.Selection.Diversity = 1.1 },
    };

    [Theory]
    [MemberData(nameof(BadSettings))]
    public async Task Start_SettingOutOfRange_IsNamed(string name, Action<RagPipelineOptions> configure)
    {
        using var host = Build(services => services.AddRagCaching().AddRagPipeline(configure).AddRetriever<TitleRetriever>());
        var options = new RagPipelineOptions();
        configure(options);

        Assert.Contains(name, (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token))).Message, StringComparison.Ordinal);
        Assert.Contains(name, Assert.Throws<OptionsValidationException>(() => new RagPipeline(new TestChatClient(), [new TitleRetriever()], options: options)).Message, StringComparison.Ordinal);
    }

    private static IHost Build(Action<IServiceCollection> configure, TestChatClient? chat = null, bool cached = false)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        var client = builder.Services.AddChatClient(chat ?? new TestChatClient());
        if (cached)
        {
            client.UseSemanticCache();
        }

        configure(builder.Services);
        return builder.Build();
    }

    private sealed class TitleRetriever : IRetriever
    {
        public string Name => "titles";

        public ValueTask<IReadOnlyList<RetrievedChunk>> RetrieveAsync(RetrievalRequest request, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IReadOnlyList<RetrievedChunk>>([RetrieverDouble.Chunk("title")]);
    }

    private enum Size
    {
        Small,
    }
}
