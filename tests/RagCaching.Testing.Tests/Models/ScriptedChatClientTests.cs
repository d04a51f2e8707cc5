using Microsoft.Extensions.AI;

namespace RagCaching.Testing.Tests.Models;

public sealed class ScriptedChatClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResponse_Script_PromptGoesBeforeOrderAndOrderBeforeAllElse()
    {
        var client = new ScriptedChatClient().Otherwise("else").Then("first").Then("second").Answer("p", "to p").Answer("p", "to p again");

        string[] answers = [await Ask(client, "x"), await Ask(client, "p"), await Ask(client, "y"), await Ask(client, "p"), await Ask(client, "p"), await Ask(client, "z"), await Ask(client, "z")];

        Assert.Equal(["first", "to p", "second", "to p again", "to p again", "else", "else"], answers);
    }

    [Fact]
    public async Task GetResponse_NothingScripted_NamesThePromptAndWhatToDo()
    {
        var client = new ScriptedChatClient().Answer("p", "a");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Ask(client, "q"));

        Assert.Contains("'q'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Otherwise", exception.Message, StringComparison.Ordinal);
        Assert.Equal(ScriptedCallState.Failed, Assert.Single(client.Calls).State);
    }

    [Fact]
    public async Task GetResponse_Answer_HasWhatARealOneHas()
    {
        var client = new ScriptedChatClient("m").Then("three words here");

        var response = await client.GetResponseAsync([new ChatMessage(ChatRole.System, "Be brief."), new ChatMessage(ChatRole.User, "Who are you?")], new ChatOptions { Temperature = 0.5f }, Token);

        Assert.Equal(("three words here", "m", ChatFinishReason.Stop), (response.Text, response.ModelId, response.FinishReason));
        Assert.NotEmpty(response.ResponseId!);
        Assert.Equal((5, 3, 8), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
        var call = Assert.Single(client.Calls);
        Assert.Equal(("Who are you?", 2, 0.5f, false, ScriptedCallState.Completed), (call.Prompt, call.Messages.Count, call.Options!.Temperature, call.IsStreaming, call.State));
        Assert.Equal(8, call.Usage!.TotalTokenCount);
    }

    [Fact]
    public async Task GetStreamingResponse_Text_ComesWordByWordAndEndsLikeTheWholeOne()
    {
        var client = new ScriptedChatClient().Otherwise("Within  30 days.\nNot later. ");

        var updates = await client.GetStreamingResponseAsync("q", cancellationToken: Token).ToListAsync(Token);
        var whole = await client.GetResponseAsync("q", cancellationToken: Token);

        Assert.Equal(["Within", "  30", " days.", "\nNot", " later.", " "], updates.SkipLast(1).Select(update => update.Text));
        var response = updates.ToChatResponse();
        Assert.Equal((whole.Text, whole.FinishReason, whole.ModelId), (response.Text, response.FinishReason, response.ModelId));
        Assert.Equal(whole.Usage!.TotalTokenCount, response.Usage!.TotalTokenCount);
        Assert.Equal((6, ScriptedCallState.Completed), (client.Calls[0].PiecesSent, client.Calls[0].State));
        Assert.Equal(2 * whole.Usage.TotalTokenCount, client.TotalUsage.TotalTokenCount);
    }

    [Fact]
    public async Task GetResponse_Contents_FollowTheText()
    {
        var call = new FunctionCallContent("1", "find", new Dictionary<string, object?> { ["x"] = 1 });
        var client = new ScriptedChatClient().Otherwise(new ScriptedAnswer("") { Contents = [call], FinishReason = ChatFinishReason.ToolCalls, Usage = new UsageDetails { TotalTokenCount = 7 } });

        var whole = await client.GetResponseAsync("q", cancellationToken: Token);
        var streamed = await client.GetStreamingResponseAsync("q", cancellationToken: Token).ToChatResponseAsync(Token);

        Assert.All((ChatResponse[])[whole, streamed], response =>
        {
            var made = response.Messages[0].Contents.OfType<FunctionCallContent>().Single();
            Assert.Equal((call.CallId, call.Name, call.Arguments!["x"]), (made.CallId, made.Name, made.Arguments!["x"]));
            Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
            Assert.Equal(7, response.Usage!.TotalTokenCount);
        });
    }

    [Fact]
    public async Task GetResponse_AnswerIsGivenAgain_IsUntouchedByWhatCallersDidWithIt()
    {
        var call = new FunctionCallContent("1", "find", new Dictionary<string, object?> { ["x"] = 1 }) { AdditionalProperties = new() { ["k"] = "v" } };
        var counted = new UsageContent(new UsageDetails { InputTokenCount = 1 });
        var answer = new ScriptedAnswer("a") { Contents = [call, counted], Usage = new UsageDetails { TotalTokenCount = 7, AdditionalCounts = new() { ["extra"] = 3 } } };
        var client = new ScriptedChatClient().Otherwise(answer);
        for (var i = 0; i < 4; i++)
        {
            var response = i % 2 == 0 ? await client.GetResponseAsync("q", cancellationToken: Token) : await client.GetStreamingResponseAsync("q", cancellationToken: Token).ToChatResponseAsync(Token);
            var made = response.Messages[0].Contents.OfType<FunctionCallContent>().Single();

            Assert.False(made.InformationalOnly);
            Assert.Equal((1, "v"), (made.Arguments!["x"], made.AdditionalProperties!["k"]));
            made.InformationalOnly = true;
            made.Arguments["x"] = 2;
            made.AdditionalProperties["k"] = "changed";
            response.Usage!.Add(new UsageDetails { TotalTokenCount = 100, AdditionalCounts = new() { ["extra"] = 1 } });
            foreach (var usage in response.Messages[0].Contents.OfType<UsageContent>())
            {
                usage.Details.Add(new UsageDetails { InputTokenCount = 100 });
            }
        }

        Assert.Equal((28, 12, null), (client.TotalUsage.TotalTokenCount, client.TotalUsage.AdditionalCounts!["extra"], answer.Usage.CachedInputTokenCount));
        Assert.Equal((7, 1, false), (answer.Usage.TotalTokenCount, counted.Details.InputTokenCount, call.InformationalOnly));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponse_BehindFunctionInvocation_CallsTheToolEachTimeAndCountsRight(bool isStreaming)
    {
        var calls = 0;
        var tool = AIFunctionFactory.Create(() => ++calls, "count");
        var ask = new ScriptedAnswer("") { Contents = [new FunctionCallContent("1", "count")], FinishReason = ChatFinishReason.ToolCalls, Usage = new UsageDetails { TotalTokenCount = 5 } };
        var done = new ScriptedAnswer("done") { Usage = new UsageDetails { TotalTokenCount = 2 } };
        var client = new ScriptedChatClient().Then(ask).Then(done).Then(ask).Then(done);
        var chat = new ChatClientBuilder(client).UseFunctionInvocation().Build();
        for (var i = 0; i < 2; i++)
        {
            var options = new ChatOptions { Tools = [tool] };
            var response = isStreaming ? await chat.GetStreamingResponseAsync("q", options, Token).ToChatResponseAsync(Token) : await chat.GetResponseAsync("q", options, Token);
            Assert.Equal(("done", 7), (response.Text, response.Usage!.TotalTokenCount));
        }

        Assert.Equal(2, calls);
        Assert.Equal([5, 2, 5, 2], client.Calls.Select(call => call.Usage!.TotalTokenCount));
        Assert.Equal(14, client.TotalUsage.TotalTokenCount);
    }

    [Fact]
    public void ScriptedAnswer_Pieces_MakeItsText()
    {
        Assert.Equal("abc", new ScriptedAnswer(["ab", "", "c"]).Text);
        Assert.Equal(["ab", "", "c"], new ScriptedAnswer(["ab", "", "c"]).Pieces);
        Assert.Empty(new ScriptedAnswer("").Pieces);
        Assert.Equal([" a", " b"], new ScriptedAnswer(" a b").Pieces);
        Assert.Throws<ArgumentNullException>(() => new ScriptedAnswer([null!]));
        Assert.Throws<ArgumentNullException>(() => new ScriptedAnswer((string)null!));
        Assert.Throws<ArgumentNullException>(() => ScriptedAnswer.Fails(null!));
    }

    [Fact]
    public async Task EveryMember_BadInput_Throws()
    {
        var client = new ScriptedChatClient();

        Assert.Throws<ArgumentException>(() => new ScriptedChatClient(""));
        Assert.Throws<ArgumentNullException>(() => client.Answer(null!, "a"));
        Assert.Throws<ArgumentNullException>(() => client.Answer("p", (ScriptedAnswer)null!));
        Assert.Throws<ArgumentNullException>(() => client.Then((ScriptedAnswer)null!));
        Assert.Throws<ArgumentNullException>(() => client.Otherwise((ScriptedAnswer)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => client.GetResponseAsync((IEnumerable<ChatMessage>)null!, cancellationToken: Token));
        Assert.Throws<ArgumentNullException>(() => client.GetStreamingResponseAsync((IEnumerable<ChatMessage>)null!, cancellationToken: Token));
        Assert.Empty(client.Calls);
    }

    [Fact]
    public void GetService_Metadata_NamesTheModel()
    {
        var client = new ScriptedChatClient("m");

        Assert.Equal("m", ((ChatClientMetadata)client.GetService(typeof(ChatClientMetadata))!).DefaultModelId);
        Assert.Same(client, client.GetService(typeof(IChatClient)));
        Assert.Null(client.GetService(typeof(IChatClient), "key"));
        Assert.Null(client.GetService(typeof(string)));
    }

    [Fact]
    public async Task GetResponse_ManyThreads_EachAnswerIsGivenOnce()
    {
        const int Calls = 200;
        var client = new ScriptedChatClient();
        for (var i = 0; i < Calls; i++)
        {
            client.Then($"{i}");
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => Task.Run(() => Ask(client, "q"), Token)));

        Assert.Equal(Enumerable.Range(0, Calls), answers.Select(int.Parse).Order());
        Assert.Equal(Calls, client.Calls.Count);
        Assert.All(client.Calls, call => Assert.Equal(ScriptedCallState.Completed, call.State));
    }

    private static async Task<string> Ask(ScriptedChatClient client, string prompt) => (await client.GetResponseAsync(prompt, cancellationToken: Token)).Text;
}
