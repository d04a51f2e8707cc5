using Microsoft.Extensions.AI;

namespace RagCaching.Tests.Chat.Answers;

public sealed class ToolAndHostedAnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponse_FunctionsBehindTheCache_TheFinalMessageIsStored(bool streams)
    {
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { CacheWithTools = true });
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => "sunny", "weather")] };
        using var client = WithFunctions(fixture);

        var first = await AskAsync(client, options, streams);
        var calls = fixture.Inner.Calls;
        var second = await AskAsync(client, options, streams);
        var other = await AskAsync(client, options, !streams);

        Assert.Contains(first.Messages.SelectMany(message => message.Contents), content => content is FunctionResultContent);
        Assert.Equal(calls, fixture.Inner.Calls);
        Assert.All((ChatResponse[])[second, other], hit =>
        {
            Assert.Equal("It is sunny.", hit.Text);
            Assert.DoesNotContain(hit.Messages.SelectMany(message => message.Contents), content => content is FunctionCallContent or FunctionResultContent);
        });
    }

    [Fact]
    public async Task GetResponse_FunctionsOfTheInnerClientWithoutCacheWithTools_IsNotStored()
    {
        using var fixture = new ChatClientFixture();
        using var client = WithFunctions(fixture, AIFunctionFactory.Create(() => "sunny", "weather"));

        await AskAsync(client, options: null, streams: false);
        await AskAsync(client, options: null, streams: true);

        Assert.Empty(fixture.Cache.Store.Written);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponse_CallIsLeftToTheCaller_IsNotStored(bool streams)
    {
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { CacheWithTools = true });
        var answer = new ChatResponse(new ChatMessage(ChatRole.Assistant, [new TextContent("Let me see."), new FunctionCallContent("1", "weather")])) { FinishReason = ChatFinishReason.Stop };
        fixture.Inner.ResponseCallback = (_, _, _) => Task.FromResult(answer);
        fixture.Inner.StreamCallback = (_, _, _) => answer.ToChatResponseUpdates().ToAsyncEnumerable();

        await AskAsync(fixture.Client, new ChatOptions { Tools = [AIFunctionFactory.Create(() => "sunny", "weather").AsDeclarationOnly()] }, streams);

        Assert.Empty(fixture.Cache.Store.Written);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task GetResponse_ClientThatKeepsConversations_IsStoredWhereAllowed(bool isAllowed, bool streams)
    {
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { CacheHostedConversations = isAllowed });
        var number = 0;
        fixture.Inner.ResponseCallback = (_, _, _) => Task.FromResult(Hosted(++number));
        fixture.Inner.StreamCallback = (_, _, _) => Hosted(++number).ToChatResponseUpdates().ToAsyncEnumerable();

        await AskAsync(fixture.Client, options: null, streams);
        var again = await AskAsync(fixture.Client, options: null, streams);
        var inAConversation = await AskAsync(fixture.Client, new ChatOptions { ConversationId = "resp_1" }, streams);
        var inThatOneAgain = await AskAsync(fixture.Client, new ChatOptions { ConversationId = "resp_1" }, streams);
        var inAnother = await AskAsync(fixture.Client, new ChatOptions { ConversationId = "resp_2" }, streams);

        Assert.Equal(isAllowed ? "answer 1" : "answer 2", again.Text);
        Assert.Equal(isAllowed ? null : "resp_2", again.ConversationId);
        Assert.Equal(isAllowed ? "answer 2" : "answer 3", inAConversation.Text);
        Assert.Equal(isAllowed ? "answer 2" : "answer 4", inThatOneAgain.Text);
        Assert.Equal(isAllowed ? "answer 3" : "answer 5", inAnother.Text);
    }

    private static ChatResponse Hosted(int number) =>
        new(new ChatMessage(ChatRole.Assistant, $"answer {number}")) { ConversationId = $"resp_{number}", FinishReason = ChatFinishReason.Stop };

    private static async Task<ChatResponse> AskAsync(IChatClient client, ChatOptions? options, bool streams) => streams
        ? await client.GetStreamingResponseAsync("What is the climate like?", options, Token).ToChatResponseAsync(Token)
        : await client.GetResponseAsync("What is the climate like?", options, Token);

    private static SemanticCachingChatClient WithFunctions(ChatClientFixture fixture, params AITool[] more)
    {
        fixture.Inner.ResponseCallback = (messages, _, _) => Task.FromResult(Reply(messages));
        fixture.Inner.StreamCallback = (messages, _, _) => Reply(messages).ToChatResponseUpdates().ToAsyncEnumerable();
        var functions = new FunctionInvokingChatClient(fixture.Inner) { AdditionalTools = more };
        return new SemanticCachingChatClient(functions, fixture.Cache.Cache, fixture.Options, fixture.Cache.Services);
    }

    private static ChatResponse Reply(IReadOnlyList<ChatMessage> messages) => messages[^1].Role == ChatRole.Tool
        ? new ChatResponse(new ChatMessage(ChatRole.Assistant, "It is sunny.") { MessageId = "m2" }) { FinishReason = ChatFinishReason.Stop }
        : new ChatResponse(new ChatMessage(ChatRole.Assistant, [new TextContent("Let me see."), new FunctionCallContent("1", "weather")]) { MessageId = "m1" }) { FinishReason = ChatFinishReason.ToolCalls };
}
