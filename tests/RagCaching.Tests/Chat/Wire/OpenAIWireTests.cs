using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat.Wire;

/// <summary>The OpenAI client package against a server on this machine: real HTTP, real server-sent events.</summary>
public sealed class OpenAIWireTests : IAsyncDisposable
{
    private const string Question = "What is a cache?";
    private const string Answer = "A cache is a memory.";

    private readonly LoopbackModel _model = new();
    private readonly CacheFixture _cache = new();
    private readonly SemanticCachingChatClient _client;

    public OpenAIWireTests() => _client = NewClient(new SemanticCachingChatClientOptions { CacheableTools = { ["*"] = null } });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _cache.Dispose();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task Whole_Answer_IsServedAgainWholeAndStreamed()
    {
        var first = await _client.GetResponseAsync(Question, cancellationToken: Token);
        var again = await _client.GetResponseAsync(Question, cancellationToken: Token);
        var streamed = await _client.GetStreamingResponseAsync(Question, cancellationToken: Token).ToListAsync(Token);

        Assert.Equal((Answer, 7, 5), (first.Text, first.Usage!.InputTokenCount, first.Usage.OutputTokenCount));
        Assert.Equal((Answer, "wire-model", ChatFinishReason.Stop, null), (again.Text, again.ModelId, again.FinishReason, again.Usage));
        Assert.Equal(Answer, string.Concat(streamed.Select(update => update.Text)));
        Assert.Equal(SemanticCacheOutcome.ExactHit, streamed[0].GetSemanticCacheResult()!.Outcome);
        Assert.Single(_model.Requests);
    }

    [Fact]
    public async Task Stream_Answer_IsReplayedInTheRecordedPieces()
    {
        var first = await _client.GetStreamingResponseAsync(Question, cancellationToken: Token).ToListAsync(Token);
        var again = await _client.GetStreamingResponseAsync(Question, cancellationToken: Token).ToListAsync(Token);
        var whole = await _client.GetResponseAsync(Question, cancellationToken: Token);

        Assert.Equal(["A ca", "che ", "is a", " mem", "ory."], Texts(first));
        Assert.Equal(Texts(first), Texts(again));
        Assert.Equal(7, first.SelectMany(update => update.Contents).OfType<UsageContent>().Single().Details.InputTokenCount);
        Assert.DoesNotContain(again, update => update.Contents.OfType<UsageContent>().Any());
        Assert.Equal(Answer, whole.Text);
        Assert.Single(_model.Requests);
    }

    [Fact]
    public async Task Stream_ConcurrentCallers_ShareOneRequest()
    {
        var readers = Enumerable.Range(0, 50).Select(_ => Task.Run(
            async () => string.Concat(Texts(await _client.GetStreamingResponseAsync(Question, cancellationToken: Token).ToListAsync(Token))), Token));

        Assert.All(await Task.WhenAll(readers), text => Assert.Equal(Answer, text));
        Assert.Single(_model.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Stream_ConnectionCut_FailsItsReaderAndStoresNothing(int events)
    {
        _model.BreakAfter = events;
        var texts = new List<string>();

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (var update in _client.GetStreamingResponseAsync(Question, cancellationToken: Token))
            {
                texts.Add(update.Text);
            }
        });

        Assert.StartsWith(string.Concat(texts), Answer, StringComparison.Ordinal);
        Assert.Empty(_cache.Store.Written);
        _model.BreakAfter = null;
        Assert.Equal(Answer, (await _client.GetResponseAsync(Question, cancellationToken: Token)).Text);
    }

    [Fact]
    public async Task Stream_EndsWithoutHavingFinished_IsReturnedAndNotStored()
    {
        (_model.BreakAfter, _model.BreaksConnection) = (2, false);

        Assert.Equal("A cache ", await AskAsync(streams: true));
        Assert.Empty(_cache.Store.Written);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CutOffAnswer_IsReturnedAndNotStored(bool streams)
    {
        _model.FinishReason = "length";

        Assert.Equal((Answer, Answer), (await AskAsync(streams), await AskAsync(streams)));
        Assert.Equal(2, _model.Requests.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToolsOffered_TextIsKeptAndToolCallsAreNot(bool streams)
    {
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "look_up", "Looks something up.")] };
        await AskAsync(streams, options);
        Assert.Equal(Answer, await AskAsync(streams, options));
        Assert.Single(_model.Requests);
        Assert.Equal("look_up", _model.Requests[0].GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());

        _model.Message = """{"role":"assistant","content":null,"tool_calls":[{"id":"t1","type":"function","function":{"name":"look_up","arguments":"{}"}}]}""";
        _model.FinishReason = "tool_calls";
        var other = options.Clone();
        other.Temperature = 0.5f;
        await AskAsync(streams, other);
        await AskAsync(streams, other);

        Assert.Equal(3, _model.Requests.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReasoningContent_SurvivesAsTheClientGaveIt(bool streams)
    {
        _model.Message = """{"role":"assistant","reasoning_content":"The user wants a definition.","content":"A cache is a memory."}""";
        var first = await ContentsAsync(streams);
        var again = await ContentsAsync(streams);

        Assert.Equal(first, again);
        Assert.Contains((nameof(TextContent), Answer), again);
        Assert.Contains((nameof(TextReasoningContent), "The user wants a definition."), again);
        Assert.Single(_model.Requests);
    }

    [Fact]
    public async Task Controls_NeverReachTheWire()
    {
        var options = new ChatOptions { ModelId = "asked-for" }.WithSemanticCache(request => request.Tags.Add("prices"));

        await AskAsync(streams: false, options);

        Assert.DoesNotContain("ragcaching", _model.Requests[0].GetRawText(), StringComparison.Ordinal);
        Assert.Equal("asked-for", _model.Requests[0].GetProperty("model").GetString());
    }

    [Fact]
    public async Task AbandonedStream_WithTheOption_IsStored()
    {
        using var client = NewClient(new SemanticCachingChatClientOptions { Streams = { AbandonedTimeout = TimeSpan.FromMinutes(1) } });
        await foreach (var _ in client.GetStreamingResponseAsync(Question, cancellationToken: Token))
        {
            break;
        }

        await Eventually.HoldsAsync(() => _cache.Store.CountOf(nameof(IVectorStore.UpsertAsync)) > 0, "Storing the answer");

        Assert.True((await client.GetResponseAsync(Question, cancellationToken: Token)).GetSemanticCacheResult()!.IsHit);
        Assert.Single(_model.Requests);
    }

    private SemanticCachingChatClient NewClient(SemanticCachingChatClientOptions options)
    {
        var openAI = new OpenAIClient(
            new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = _model.Endpoint, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });
        return new SemanticCachingChatClient(openAI.GetChatClient("wire-model").AsIChatClient(), _cache.Cache, options, _cache.Services);
    }

    private async Task<string> AskAsync(bool streams, ChatOptions? options = null) => streams
        ? string.Concat(Texts(await _client.GetStreamingResponseAsync(Question, options, Token).ToListAsync(Token)))
        : (await _client.GetResponseAsync(Question, options, Token)).Text;

    private async Task<List<(string Kind, string Text)>> ContentsAsync(bool streams)
    {
        var response = streams
            ? await _client.GetStreamingResponseAsync(Question, cancellationToken: Token).ToChatResponseAsync(Token)
            : await _client.GetResponseAsync(Question, cancellationToken: Token);
        return [.. response.Messages.SelectMany(message => message.Contents).Where(content => content is not UsageContent).Select(content => (content.GetType().Name, content switch
        {
            TextContent text => text.Text,
            TextReasoningContent reasoning => reasoning.Text,
            _ => "",
        })).Where(content => content.Item2.Length > 0)];
    }

    private static IEnumerable<string> Texts(IEnumerable<ChatResponseUpdate> updates) => updates.Select(update => update.Text).Where(text => text.Length > 0);
}
