using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RagCaching.Tests.Chat.Requests;

/// <summary>What shapes an answer keeps requests apart; what does not, does not.</summary>
public sealed class ChatFingerprintTests : IDisposable
{
    private readonly ChatClientFixture _fixture = new(new SemanticCachingChatClientOptions { CacheableTools = { ["*"] = null } });

    public static TheoryData<string> Differences => [.. Variants.Keys];

    private static Dictionary<string, ChatOptions> Variants { get; } = new()
    {
        ["model"] = new() { ModelId = "other" },
        ["instructions"] = new() { Instructions = "Be brief." },
        ["temperature"] = new() { Temperature = 0.5f },
        ["max output tokens"] = new() { MaxOutputTokens = 10 },
        ["top p"] = new() { TopP = 0.5f },
        ["top k"] = new() { TopK = 5 },
        ["frequency penalty"] = new() { FrequencyPenalty = 0.5f },
        ["presence penalty"] = new() { PresencePenalty = 0.5f },
        ["seed"] = new() { Seed = 5 },
        ["reasoning"] = new() { Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High } },
        ["stop sequences"] = new() { StopSequences = ["x"] },
        ["json"] = new() { ResponseFormat = ChatResponseFormat.Json },
        ["json schema"] = new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse("{}").RootElement, "name") },
        ["tools"] = new() { Tools = [AIFunctionFactory.Create(() => 1, "one", "returns one")] },
        ["tool description"] = new() { Tools = [AIFunctionFactory.Create(() => 1, "one", "returns 1")] },
        ["tool schema"] = new() { Tools = [AIFunctionFactory.Create((int x) => x, "one", "returns one")] },
        ["tool mode"] = new() { Tools = [AIFunctionFactory.Create(() => 1, "one", "returns one")], ToolMode = ChatToolMode.RequireAny },
        ["required tool"] = new() { Tools = [AIFunctionFactory.Create(() => 1, "one", "returns one")], ToolMode = ChatToolMode.RequireSpecific("one") },
        ["multiple tool calls"] = new() { AllowMultipleToolCalls = true },
        ["additional property"] = new() { AdditionalProperties = new() { ["top_a"] = 1 } },
        ["other value of it"] = new() { AdditionalProperties = new() { ["top_a"] = 2 } },
    };

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task GetResponse_OptionDiffersFromAllOthers_IsNotShared(string difference)
    {
        foreach (var (name, options) in Variants)
        {
            if (name != difference)
            {
                await _fixture.AskAsync("What is a cache?", options);
            }
        }

        await _fixture.AskAsync("What is a cache?");

        Assert.Equal(SemanticCacheOutcome.Miss, (await _fixture.AskAsync("What is a cache?", Variants[difference])).GetSemanticCacheResult()!.Outcome);
        Assert.Equal(SemanticCacheOutcome.ExactHit, (await _fixture.AskAsync("What is a cache?", Variants[difference].Clone())).GetSemanticCacheResult()!.Outcome);
    }

    /// <summary>What comes again and again is remembered, and must not stand for what comes in between.</summary>
    [Fact]
    public async Task GetResponse_RepeatedAndOthersBetween_EachHasItsOwn()
    {
        var outcomes = new List<SemanticCacheOutcome>();
        var answers = new Dictionary<string, string>();
        foreach (var name in (string[])["plain", "plain", "plain", "additional property", "plain", "other value of it", "other value of it", "other value of it", "plain", "additional property"])
        {
            var response = await _fixture.AskAsync("What is a cache?", Variants.GetValueOrDefault(name)?.Clone());
            outcomes.Add(response.GetSemanticCacheResult()!.Outcome);
            answers.TryAdd(name, response.Text);
            Assert.Equal(answers[name], response.Text);
        }

        const SemanticCacheOutcome Miss = SemanticCacheOutcome.Miss;
        const SemanticCacheOutcome Hit = SemanticCacheOutcome.ExactHit;
        Assert.Equal([Miss, Hit, Hit, Miss, Hit, Miss, Hit, Hit, Hit, Hit], outcomes);
        Assert.Equal(answers.Count, answers.Values.Distinct().Count());
    }

    [Fact]
    public async Task GetResponse_NoOptionsAndTextFormat_AreTheSame()
    {
        Assert.True(await _fixture.SharesAsync(new ChatOptions(), new ChatOptions { ResponseFormat = ChatResponseFormat.Text }));
    }

    [Fact]
    public async Task GetResponse_ToolsInAnotherOrder_AreTheSame()
    {
        var one = AIFunctionFactory.Create(() => 1, "one");
        var two = AIFunctionFactory.Create(() => 2, "two");

        Assert.True(await _fixture.SharesAsync(new ChatOptions { Tools = [one, two] }, new ChatOptions { Tools = [two, one] }));
    }

    [Fact]
    public async Task GetResponse_SystemMessageDiffers_IsNotShared()
    {
        await _fixture.AskAsync([new(ChatRole.System, "Answer in English."), new(ChatRole.User, "What is a cache?")]);

        var other = await _fixture.AskAsync([new(ChatRole.System, "Answer in German."), new(ChatRole.User, "What is a cache?")]);
        var same = await _fixture.AskAsync([new(ChatRole.System, "Answer in English."), new(ChatRole.User, "What is a cache?")]);

        Assert.False(other.GetSemanticCacheResult()!.IsHit);
        Assert.True(same.GetSemanticCacheResult()!.IsHit);
    }

    [Fact]
    public async Task GetResponse_EarlierMessageDiffersInAnyPart_IsNotShared()
    {
        ChatMessage[][] conversations =
        [
            Conversation(new(ChatRole.User, "Hello?"), new(ChatRole.Assistant, "Hi.")),
            Conversation(new(ChatRole.User, "Hello!"), new(ChatRole.Assistant, "Hi.")),
            Conversation(new(ChatRole.User, "Hello?") { AuthorName = "Ada" }, new(ChatRole.Assistant, "Hi.")),
            Conversation(new(ChatRole.User, "Hello?") { AuthorName = "Bo" }, new(ChatRole.Assistant, "Hi.")),
            Conversation(new(ChatRole.User, "Hello?"), new(ChatRole.Assistant, "Hi.") { AuthorName = "Ada" }),
            Conversation(new(new ChatRole("critic"), "Hello?"), new(ChatRole.Assistant, "Hi.")),
            Conversation(new(ChatRole.User, "Hello?"), new(ChatRole.User, "Hi.")),
            Conversation(new(ChatRole.User, "Hello?"), new(ChatRole.Assistant, [new TextReasoningContent("Polite."), new TextContent("Hi.")])),
            Conversation(new(ChatRole.User, "Hello?"), new(ChatRole.Assistant, [new TextReasoningContent("Short."), new TextContent("Hi.")])),
            Conversation(new(ChatRole.User, "Hello?"), new(ChatRole.Assistant, "Hi."), new(ChatRole.Assistant, "")),
            Conversation(new(ChatRole.Assistant, "Hi."), new(ChatRole.User, "Hello?")),
        ];
        foreach (var conversation in conversations)
        {
            Assert.False((await _fixture.AskAsync(conversation)).GetSemanticCacheResult()!.IsHit);
        }

        foreach (var conversation in conversations)
        {
            Assert.True((await _fixture.AskAsync(conversation)).GetSemanticCacheResult()!.IsHit);
        }

        static ChatMessage[] Conversation(params ChatMessage[] earlier) => [.. earlier, new(ChatRole.User, "What is a cache?")];
    }

    [Fact]
    public async Task GetResponse_IdsTimesAndRawRepresentations_DoNotMatter()
    {
        static ChatMessage[] Messages(string id) =>
        [
            new(ChatRole.System, "Answer in English.") { MessageId = id, CreatedAt = DateTimeOffset.UnixEpoch, RawRepresentation = id },
            new(ChatRole.User, "What is a cache?") { MessageId = id + "2", RawRepresentation = id },
        ];

        await _fixture.AskAsync(Messages("a"));

        Assert.True((await _fixture.AskAsync(Messages("b"))).GetSemanticCacheResult()!.IsHit);
    }

    [Fact]
    public async Task GetResponse_EarlierTurns_AreMatchedExactlyAndNeverByMeaning()
    {
        _fixture.Cache.SameMeaning("And in winter?", "What about winter?");
        static ChatMessage[] Conversation(string first, string second) =>
            [new(ChatRole.User, first), new(ChatRole.Assistant, "Sunny."), new(ChatRole.User, second)];
        await _fixture.AskAsync(Conversation("How is Oslo in summer?", "And in winter?"));
        var embeddings = _fixture.Cache.Generator.Calls;

        var otherTopic = await _fixture.AskAsync(Conversation("How is Rome in summer?", "And in winter?"));
        var otherWords = await _fixture.AskAsync(Conversation("How is Oslo in summer?", "What about winter?"));
        var same = await _fixture.AskAsync(Conversation("How is Oslo in summer?", "And in winter?"));

        Assert.False(otherTopic.GetSemanticCacheResult()!.IsHit);
        Assert.False(otherWords.GetSemanticCacheResult()!.IsHit);
        Assert.Equal(SemanticCacheOutcome.ExactHit, same.GetSemanticCacheResult()!.Outcome);
        Assert.Equal(embeddings, _fixture.Cache.Generator.Calls);
    }

    [Fact]
    public async Task GetResponse_InstructionNormalizer_IsUsedForTheComparisonOnly()
    {
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { InstructionNormalizer = text => text.Split(" Today is")[0] });
        await fixture.AskAsync([new(ChatRole.System, "Be kind. Today is Monday."), new(ChatRole.User, "What is a cache?")]);

        var hit = await fixture.AskAsync([new(ChatRole.System, "Be kind. Today is Tuesday."), new(ChatRole.User, "What is a cache?")]);
        await fixture.AskAsync("What is a hash?", new ChatOptions { Instructions = "Be kind. Today is Friday." });

        Assert.True(hit.GetSemanticCacheResult()!.IsHit);
        Assert.Equal("Be kind. Today is Monday.", fixture.Inner.Requests[0].Messages[0].Text);
        Assert.Equal("Be kind. Today is Friday.", fixture.Inner.Requests[1].Options!.Instructions);
    }

    [Fact]
    public async Task GetResponse_QuestionSelector_MatchesTheQuestionAndNotTheRetrievedText()
    {
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { QuestionSelector = messages => messages[^1].Text.Split("Question: ")[^1] });
        await fixture.AskAsync("Context: one. Question: What is a cache?");

        var hit = await fixture.AskAsync("Context: two. Question: What is a cache?");

        Assert.True(hit.GetSemanticCacheResult()!.IsHit);
    }
}
