using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OpenAI;
using OpenAI.Responses;
using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Server;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Compatibility.Tests.Responses;

/// <summary>The released Responses client against the lab's server, over real HTTP.</summary>
public sealed class ResponsesLabTests : IAsyncLifetime
{
    private const string Question = "What is a cache?";

    private readonly CacheFixture _cache = new();
    private ModelServer? _server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ModelServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        var encoder = new HashingEmbeddingGenerator();
        _server = await ModelServer.StartAsync(
            encoder, new ExtractiveAnswerer(encoder, ExtractiveAnswerer.LeastConfidenceOfHashing), StandInLatencies.None, TimeProvider.System, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _cache.Dispose();
        await Server.DisposeAsync();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task FiftyEqualRequests_DefaultSetUp_OneModelCall(bool streams, bool atOnce)
    {
        using var client = NewClient();
        var asking = Enumerable.Range(0, 50).Select(_ => new Func<Task<ChatResponse>>(() => AskAsync(client, streams)));
        var answers = new List<ChatResponse>();
        if (atOnce)
        {
            answers.AddRange(await Task.WhenAll(asking.Select(ask => Task.Run(ask, Token))));
        }
        else
        {
            foreach (var ask in asking)
            {
                answers.Add(await ask());
            }
        }

        Assert.Equal(1, Server.Records.ChatCalls);
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        Assert.Equal(49, answers.Count(answer => answer.GetSemanticCacheResult()!.IsHit));

        // The one that was generated is a turn of a conversation at the provider. The others are not, and say so.
        Assert.Equal("resp_1", Assert.Single(answers, answer => answer.ConversationId is not null).ConversationId);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task ContinuedConversation_BypassesUnlessAllowed(bool isAllowed, bool streams)
    {
        using var client = NewClient(new SemanticCachingChatClientOptions { CacheHostedConversations = isAllowed });
        var first = await AskAsync(client, streams);

        var later = new ChatOptions { ConversationId = first.ConversationId };
        await AskAsync(client, streams, later);
        var again = await AskAsync(client, streams, later);

        Assert.Equal(isAllowed ? 2 : 3, Server.Records.ChatCalls);
        Assert.Equal(isAllowed ? SemanticCacheOutcome.ExactHit : SemanticCacheOutcome.Bypass, again.GetSemanticCacheResult()!.Outcome);
    }

    [Fact]
    public async Task FirstTurn_ShouldStoreForbidsConversations_IsNotStored()
    {
        using var client = NewClient(new SemanticCachingChatClientOptions { ShouldStore = answer => answer.ConversationId is null });

        await AskAsync(client, streams: false);
        await AskAsync(client, streams: true);

        Assert.Equal(2, Server.Records.ChatCalls);
    }

    /// <summary>A stream that ends before its completed event is what was said so far. It reaches the caller and nothing of it is stored, wherever it was cut.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(-1)]
    public async Task CutStream_AsIfComplete_IsReturnedAndNotStored(int events)
    {
        using var client = NewClient();
        var whole = (await AskAsync(NewUncached(), streams: true)).Text;

        // All events but the last, which is the completed event.
        Server.Deviations.EndsAfter = events >= 0 ? events : AnswerPieces.Of(whole).Count + 4;
        var cut = await AskAsync(client, streams: true);
        await AskAsync(client, streams: true);

        Assert.StartsWith(cut.Text, whole, StringComparison.Ordinal);
        Assert.Equal(events < 0, cut.Text == whole);
        Assert.Empty(_cache.Store.Written);
        Assert.Single(_cache.Logs.GetSnapshot(), record => record.Level == LogLevel.Warning && record.Message.Contains(": NotFinished.", StringComparison.Ordinal));

        Server.Deviations.EndsAfter = null;
        Assert.Equal(whole, (await AskAsync(client, streams: true)).Text);
        Assert.Single(_cache.Store.Written);
    }

    [Fact]
    public async Task CutStream_BrokenConnection_FailsAsWithoutACacheAndStoresNothing()
    {
        using var client = NewClient();
        (Server.Deviations.EndsAfter, Server.Deviations.BreaksConnection) = (3, true);

        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(client, streams: true));

        Assert.Empty(_cache.Store.Written);
    }

    [Fact]
    public async Task UnknownEvents_ReachNobodyAndKeepNothingFromBeingStored()
    {
        using var client = NewClient();
        var plain = (await AskAsync(NewUncached(), streams: true)).Text;
        Server.Deviations.SendsUnknownEvents = true;

        var first = await AskAsync(client, streams: true);
        var again = await AskAsync(client, streams: true);

        Assert.Equal((plain, plain), (first.Text, again.Text));
        Assert.True(again.GetSemanticCacheResult()!.IsHit);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StoreFalse_SaidBehindTheCache_IsCached(bool streams)
    {
        using var client = new SemanticCachingChatClient(
            new ChatClientBuilder(NewUncached()).ConfigureOptions(options => options.RawRepresentationFactory = _ => new CreateResponseOptions { StoredOutputEnabled = false }).Build(),
            _cache.Cache,
            options: null,
            _cache.Services);

        var first = await AskAsync(client, streams);
        var again = await AskAsync(client, streams);

        Assert.Null(first.ConversationId);
        Assert.True(again.GetSemanticCacheResult()!.IsHit);
    }

    private IChatClient NewUncached() => new OpenAIClient(
        new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = Server.Endpoint, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) }).GetResponsesClient().AsIChatClient("stand-in-answerer");

    private SemanticCachingChatClient NewClient(SemanticCachingChatClientOptions? options = null) => new(NewUncached(), _cache.Cache, options, _cache.Services);

    private static async Task<ChatResponse> AskAsync(IChatClient client, bool streams, ChatOptions? options = null) => streams
        ? await client.GetStreamingResponseAsync(Question, options, Token).ToChatResponseAsync(Token)
        : await client.GetResponseAsync(Question, options, Token);
}
