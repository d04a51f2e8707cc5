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
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { CacheableTools = { ["*"] = null } });
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

    /// <summary>What the model does before its answer: a letter for each message, "c" with a call, "t" with a text and a call, "2" with two calls, "r" with reasoning and a call.</summary>
    [Theory]
    [InlineData("c")]
    [InlineData("t")]
    [InlineData("2")]
    [InlineData("r")]
    [InlineData("ct")]
    [InlineData("t2r")]
    [InlineData("tttt")]
    public async Task GetResponse_RoundsOfFunctionsBehindTheCache_OnlyTheFinalMessageIsStored(string rounds)
    {
        foreach (var streams in (bool[])[false, true])
        {
            using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { CacheableTools = { ["*"] = null } });
            var round = 0;
            fixture.Inner.ResponseCallback = (_, _, _) => Task.FromResult(Round(rounds, round++));
            fixture.Inner.StreamCallback = (_, _, _) => Round(rounds, round++).ToChatResponseUpdates().ToAsyncEnumerable();
            using var client = new SemanticCachingChatClient(new FunctionInvokingChatClient(fixture.Inner), fixture.Cache.Cache, fixture.Options, fixture.Cache.Services);
            var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => "sunny", "weather")] };

            await AskAsync(client, options, streams);
            var hit = await AskAsync(client, options, streams);

            Assert.Equal(rounds.Length + 1, fixture.Inner.Calls);
            Assert.Equal("It is sunny.", hit.Text);
            Assert.All(hit.Messages.SelectMany(message => message.Contents), content => Assert.IsType<TextContent>(content));
        }
    }

    [Fact]
    public async Task GetResponse_FunctionsOfTheInnerClientThatAreNotCacheable_IsNotStored()
    {
        using var fixture = new ChatClientFixture();
        using var client = WithFunctions(fixture, AIFunctionFactory.Create(() => "sunny", "weather"));

        await AskAsync(client, options: null, streams: false);
        await AskAsync(client, options: null, streams: true);

        Assert.Empty(fixture.Cache.Store.Written);
    }

    /// <summary>What the model says, a letter for each piece: "t" for a text, "c" for a call.</summary>
    [Theory]
    [InlineData("c", false)]
    [InlineData("tc", false)]
    [InlineData("tc", true)]
    [InlineData("ct", false)]
    [InlineData("ct", true)]
    [InlineData("tct", false)]
    [InlineData("cct", true)]
    public async Task GetResponse_CallIsLeftToTheCaller_IsNotStored(string pieces, bool streams)
    {
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { CacheableTools = { ["*"] = null } });
        AIContent[] contents = [.. pieces.Select((piece, i) => piece == 't' ? (AIContent)new TextContent("Let me see.") : new FunctionCallContent($"{i}", "weather"))];
        var answer = new ChatResponse(new ChatMessage(ChatRole.Assistant, contents)) { FinishReason = ChatFinishReason.Stop };
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
    public async Task GetResponse_ClientThatKeepsConversations_TheFirstTurnIsStoredAndLaterOnesWhereAllowed(bool isAllowed, bool streams)
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

        Assert.Equal(("answer 1", null), (again.Text, again.ConversationId));
        Assert.Equal("answer 2", inAConversation.Text);
        Assert.Equal(isAllowed ? "answer 2" : "answer 3", inThatOneAgain.Text);
        Assert.Equal(isAllowed ? "answer 3" : "answer 4", inAnother.Text);
    }

    private static ChatResponse Hosted(int number) =>
        new(new ChatMessage(ChatRole.Assistant, $"answer {number}")) { ConversationId = $"resp_{number}", FinishReason = ChatFinishReason.Stop };

    private static ChatResponse Round(string rounds, int number)
    {
        if (number >= rounds.Length)
        {
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, "It is sunny.") { MessageId = "last" }) { FinishReason = ChatFinishReason.Stop };
        }

        AIContent[] calls = [.. Enumerable.Range(0, rounds[number] == '2' ? 2 : 1).Select(call => new FunctionCallContent($"{number}.{call}", "weather"))];
        AIContent[] before = rounds[number] switch
        {
            't' => [new TextContent("Let me see.")],
            'r' => [new TextReasoningContent("It may rain.")],
            _ => [],
        };
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, [.. before, .. calls]) { MessageId = $"m{number}" }) { FinishReason = ChatFinishReason.ToolCalls };
    }

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
