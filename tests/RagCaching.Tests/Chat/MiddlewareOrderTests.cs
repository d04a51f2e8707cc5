using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat;

/// <summary>The table of orders in docs/chat-client.md, row by row; that of function invocation is in CacheableToolTests.</summary>
public sealed class MiddlewareOrderTests : IDisposable
{
    private const string Question = "What is a cache?";

    private readonly CacheFixture _cache = new();
    private readonly TestChatClient _model = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _cache.Dispose();

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public async Task UseLogging_BeforeTheCacheSeesHits_BehindItSeesCallsOfTheModel(bool isBefore, int seen)
    {
        var logs = FakeLogCollector.Create(new FakeLogCollectorOptions());
        using var factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(logs)));
        using var client = Build(isBefore, builder => builder.UseLogging(factory));

        await AskAsync(client, times: 3);

        Assert.Equal(seen, logs.GetSnapshot().Count(record => record.Message.Contains("invoked", StringComparison.Ordinal)));
    }

    /// <summary>Moderation, rate limits and authorization are middleware of the host's own.</summary>
    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public async Task OwnMiddleware_BeforeTheCacheHoldsForHits_BehindItForMissesOnly(bool isBefore, int seen)
    {
        var calls = 0;
        using var client = Build(isBefore, builder => builder.Use(async (messages, options, next, token) =>
        {
            calls++;
            await next(messages, options, token);
        }));

        await AskAsync(client, times: 3);

        Assert.Equal(seen, calls);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task ConfigureOptions_BeforeTheCacheIsCompared_BehindItTwoSettingsShareAnswers(bool isBefore, int modelCalls)
    {
        foreach (var temperature in (float[])[0, 1])
        {
            using var client = Build(isBefore, builder => builder.ConfigureOptions(options => options.Temperature = temperature));
            await AskAsync(client, times: 1);
        }

        Assert.Equal(modelCalls, _model.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UseDistributedCache_BeforeTheCacheAnswersRepeats_BehindItKeepsWhatThisCacheRefuses(bool isBefore)
    {
        var storage = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        _model.ResponseCallback = (_, _, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Cut o")) { FinishReason = ChatFinishReason.Length });
        using var client = Build(isBefore, builder => builder.UseDistributedCache(storage));

        await AskAsync(client, times: 2);

        Assert.Equal(1, _model.Calls);
        Assert.Empty(_cache.Store.Written);
        Assert.Equal(isBefore ? 1 : 2, _cache.Cache.GetStatistics().Outcomes[SemanticCacheOutcome.Miss]);
    }

    /// <summary>A chat reducer, or anything that rewrites the prompt.</summary>
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task RewritingThePrompt_BeforeTheCacheComparesWhatItMakes_BehindItWhatTheUserWrote(bool isBefore, int modelCalls)
    {
        using var client = Build(isBefore, builder => builder.Use((messages, options, next, token) => next([new ChatMessage(ChatRole.User, "shortened")], options, token)));

        await client.GetResponseAsync("What is a cache, please?", cancellationToken: Token);
        await client.GetResponseAsync("Could you tell me what colour the sky has?", cancellationToken: Token);

        Assert.Equal(modelCalls, _model.Calls);
        Assert.All(_model.Requests, request => Assert.Equal("shortened", Assert.Single(request.Messages).Text));
    }

    private IChatClient Build(bool isBefore, Action<ChatClientBuilder> use)
    {
        var builder = new ChatClientBuilder(_model);
        if (isBefore)
        {
            use(builder);
        }

        builder.UseSemanticCache(_cache.Cache);
        if (!isBefore)
        {
            use(builder);
        }

        return builder.Build(_cache.Services);
    }

    private static async Task AskAsync(IChatClient client, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await client.GetResponseAsync(Question, cancellationToken: Token);
        }
    }
}
