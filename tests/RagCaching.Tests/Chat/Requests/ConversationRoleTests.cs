using Microsoft.Extensions.AI;
using RagCaching.Diagnostics;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat.Requests;

/// <summary>What a rewriter was not shown, or did not replace, keeps conversations apart.</summary>
public sealed class ConversationRoleTests
{
    private const string Standalone = "How much does shipping cost?";

    public static TheoryData<string, string> OtherRoles => new()
    {
        { "developer", "Prices for Norway." },
        { "Developer", "Preise für Österreich." },
        { "system", "Precios para Chile." },
        { "context", "日本の価格。" },
        { "tool_context", "Цены для России." },
        { "memory", "Prix pour le Canada." },
        { "critic", "Preços para Portugal." },
    };

    [Theory]
    [MemberData(nameof(OtherRoles))]
    public async Task GetResponse_MessageOfAnotherRoleDiffers_IsNotSharedThoughTheTurnIsRewritten(string role, string text)
    {
        using var fixture = Fixture(Standalone);

        await fixture.AskAsync([new(new ChatRole(role), text), .. Dialogue()]);
        var other = await fixture.AskAsync([new(new ChatRole(role), text + " And one more."), .. Dialogue()]);
        var same = await fixture.AskAsync([new(new ChatRole(role), text), .. Dialogue()]);

        Assert.False(other.GetSemanticCacheResult()!.IsHit);
        Assert.True(same.GetSemanticCacheResult()!.IsHit);
    }

    [Theory]
    [MemberData(nameof(OtherRoles))]
    public async Task GetResponse_MessageOfAnotherRoleWithinTheDialogueDiffers_IsNotShared(string role, string text)
    {
        using var fixture = Fixture(Standalone);
        var dialogue = Dialogue();

        await fixture.AskAsync([.. dialogue[..2], new(new ChatRole(role), text), dialogue[2]]);
        var other = await fixture.AskAsync([.. dialogue[..2], new(new ChatRole(role), text + " And one more."), dialogue[2]]);

        Assert.False(other.GetSemanticCacheResult()!.IsHit);
    }

    [Theory]
    [InlineData("The patient is a child of 3 years.", "The patient is an adult.", "How much paracetamol is safe?")]
    [InlineData("Der Patient ist ein Kind.", "Der Patient ist erwachsen.", "Wie viel Paracetamol ist sicher?")]
    [InlineData("El paciente es un niño.", "El paciente es un adulto.", "¿Cuánto paracetamol es seguro?")]
    [InlineData("患者是儿童。", "患者是成人。", "多少扑热息痛是安全的？")]
    [InlineData("患者は子供です。", "患者は大人です。", "パラセタモールの安全な量は？")]
    public async Task GetResponse_ContextInAUserMessageDiffers_IsNotShared(string one, string two, string question)
    {
        using var fixture = Fixture(question);

        foreach (var between in (ChatMessage[][])[[], [new(ChatRole.Assistant, "OK.")]])
        {
            await fixture.AskAsync([new(ChatRole.User, one), .. between, new(ChatRole.User, question)]);
            var other = await fixture.AskAsync([new(ChatRole.User, two), .. between, new(ChatRole.User, question)]);

            Assert.False(other.GetSemanticCacheResult()!.IsHit);
        }
    }

    [Theory]
    [InlineData("The patient is a child of 3 years.", "The patient is an adult.", "And how much paracetamol is safe?", "How much paracetamol is safe?")]
    [InlineData("Der Patient ist ein Kind.", "Der Patient ist erwachsen.", "Und wie viel Paracetamol?", "Wie viel Paracetamol ist sicher?")]
    [InlineData("El paciente es un niño.", "El paciente es un adulto.", "¿Y cuánto paracetamol?", "¿Cuánto paracetamol es seguro?")]
    [InlineData("患者是儿童。", "患者是成人。", "那扑热息痛呢？", "多少扑热息痛是安全的？")]
    [InlineData("患者は子供です。", "患者は大人です。", "ではパラセタモールは？", "パラセタモールの安全な量は？")]
    [InlineData("Пациент — ребёнок.", "Пациент — взрослый.", "А сколько парацетамола?", "Сколько парацетамола безопасно?")]
    public async Task GetResponse_ContextInAUserMessageDiffersBeforeARewrittenTurn_IsNotShared(string one, string two, string turn, string question)
    {
        using var fixture = Fixture(question);

        await fixture.AskAsync([new(ChatRole.User, one), new(ChatRole.Assistant, "OK."), new(ChatRole.User, turn)]);
        var other = await fixture.AskAsync([new(ChatRole.User, two), new(ChatRole.Assistant, "OK."), new(ChatRole.User, turn)]);
        var same = await fixture.AskAsync([new(ChatRole.User, one), new(ChatRole.Assistant, "OK."), new(ChatRole.User, turn)]);

        Assert.False(other.GetSemanticCacheResult()!.IsHit);
        Assert.True(same.GetSemanticCacheResult()!.IsHit);
    }

    [Theory]
    [InlineData("great film", "positive", "5 stars", "dull film")]
    [InlineData("toller Film", "positiv", "5 Sterne", "öder Film")]
    [InlineData("gran película", "positivo", "5 estrellas", "película aburrida")]
    [InlineData("精彩的电影", "正面", "五星", "无聊的电影")]
    [InlineData("What is 2 plus 2?", "4", "four", "What is 3 plus 3?")]
    [InlineData("Translate: good morning?", "Guten Morgen", "Bonjour", "good night")]
    public async Task GetResponse_ExamplesDiffer_TurnThatComesBackUnchangedKeepsThem(string example, string oneAnswer, string otherAnswer, string question)
    {
        using var fixture = Fixture($"\"{question}\"");

        await fixture.AskAsync([new(ChatRole.User, example), new(ChatRole.Assistant, oneAnswer), new(ChatRole.User, question)]);
        var other = await fixture.AskAsync([new(ChatRole.User, example), new(ChatRole.Assistant, otherAnswer), new(ChatRole.User, question)]);

        Assert.False(other.GetSemanticCacheResult()!.IsHit);
    }

    [Fact]
    public async Task GetResponse_TurnThatComesBackUnchanged_IsMatchedByMeaningWithinItsConversation()
    {
        var dialogue = Dialogue();
        using var fixture = Fixture(null);
        fixture.Cache.SameMeaning("What does premium cost?", "How much is premium?");
        fixture.Options.Rewriting.Rewriter = null;
        using var client = new SemanticCachingChatClient(
            fixture.Inner, fixture.Cache.Cache, new SemanticCachingChatClientOptions { Rewriting = { Rewriter = new Rewriter(conversation => conversation[^1].Text) } }, fixture.Cache.Services);

        await client.GetResponseAsync([.. dialogue[..2], new(ChatRole.User, "What does premium cost?")], cancellationToken: TestContext.Current.CancellationToken);
        var reworded = await client.GetResponseAsync([.. dialogue[..2], new(ChatRole.User, "How much is premium?")], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(SemanticCacheOutcome.SemanticHit, reworded.GetSemanticCacheResult()!.Outcome);
    }

    [Fact]
    public async Task GetResponse_SchemaInTheLastMessage_QuestionBeforeItStays()
    {
        using var fixture = Fixture("Respond with a JSON value conforming to this schema: weather");

        var cairo = await AskForJsonAsync("What is the capital of Egypt?");
        var oslo = await AskForJsonAsync("What is the capital of Norway?");

        Assert.False(cairo.GetSemanticCacheResult()!.IsHit);
        Assert.False(oslo.GetSemanticCacheResult()!.IsHit);

        async Task<ChatResponse> AskForJsonAsync(string question) =>
            await fixture.AskAsync([new(ChatRole.User, question), new(ChatRole.User, "Respond with a JSON value conforming to the following schema: weather")]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponse_StructuredOutputWithoutANativeFormat_QuestionStays(bool native)
    {
        using var fixture = Fixture("Respond with a JSON value conforming to the following schema");
        var number = 0;
        fixture.Inner.ResponseCallback = (_, _, _) => Task.FromResult(CacheFixture.Answer($$"""{"data": {{++number}} }"""));

        var cairo = await fixture.Client.GetResponseAsync<int>("How warm is Cairo?", useJsonSchemaResponseFormat: native, cancellationToken: TestContext.Current.CancellationToken);
        var oslo = await fixture.Client.GetResponseAsync<int>("How warm is Oslo?", useJsonSchemaResponseFormat: native, cancellationToken: TestContext.Current.CancellationToken);
        var again = await fixture.Client.GetResponseAsync<int>("How warm is Cairo?", useJsonSchemaResponseFormat: native, cancellationToken: TestContext.Current.CancellationToken);

        Assert.False(cairo.GetSemanticCacheResult()!.IsHit);
        Assert.False(oslo.GetSemanticCacheResult()!.IsHit);
        Assert.True(again.GetSemanticCacheResult()!.IsHit);
    }

    [Fact]
    public async Task GetResponse_DialogueThatIsTooLongToBeShown_IsNotReplaced()
    {
        using var fixture = Fixture(Standalone);
        var padding = new string('x', 4_090);

        await fixture.AskAsync(Long("Norway"));
        var other = await fixture.AskAsync(Long("Japan"));

        Assert.False(other.GetSemanticCacheResult()!.IsHit);

        ChatMessage[] Long(string country) =>
        [
            new(ChatRole.User, $"Do you ship to {country}?"), new(ChatRole.Assistant, padding), new(ChatRole.User, "Is it fast?"), new(ChatRole.Assistant, "Shipping takes days."),
            new(ChatRole.User, "And what does it cost?"),
        ];
    }

    [Theory]
    [InlineData("system", "Hello, I know all about plans.")]
    [InlineData("developer", "You sell plans. Be brief.")]
    [InlineData("DEVELOPER", "Du verkaufst Tarife.")]
    [InlineData("Developer", "Vendes planes de datos.")]
    [InlineData("assistant", "Hello, how can I help you?")]
    [InlineData("assistant", "Guten Tag! Was möchten Sie wissen?")]
    [InlineData("assistant", "Bonjour, je connais tous les forfaits.")]
    [InlineData("assistant", "您好！有什么可以帮您？")]
    [InlineData("assistant", "こんにちは。ご質問をどうぞ。")]
    public async Task GetResponse_InstructionOrGreetingBeforeTheFirstQuestion_IsMatchedByMeaning(string role, string text)
    {
        using var fixture = new ChatClientFixture();
        fixture.Cache.SameMeaning("What does premium cost?", "How much is premium?");
        var first = new ChatMessage(new ChatRole(role), text);

        await fixture.AskAsync([first, new(ChatRole.User, "What does premium cost?")]);
        var reworded = await fixture.AskAsync([first, new(ChatRole.User, "How much is premium?")]);
        var elsewhere = await fixture.AskAsync([new(new ChatRole(role), "Hello, I know all about trains."), new(ChatRole.User, "How much is premium?")]);

        Assert.Equal(SemanticCacheOutcome.SemanticHit, reworded.GetSemanticCacheResult()!.Outcome);
        Assert.False(elsewhere.GetSemanticCacheResult()!.IsHit);
    }

    [Theory]
    [InlineData("system")]
    [InlineData("developer")]
    [InlineData("Developer")]
    [InlineData("SYSTEM")]
    public async Task GetResponse_InstructionsDiffer_AreNormalizedAndNoticed(string role)
    {
        var number = 0;
        using var normalizing = new ChatClientFixture(new SemanticCachingChatClientOptions { InstructionNormalizer = text => text[..^1] });
        using var plain = new ChatClientFixture();

        await normalizing.AskAsync([new(new ChatRole(role), "Request 1"), new(ChatRole.User, "What is a cache?")]);
        var other = await normalizing.AskAsync([new(new ChatRole(role), "Request 2"), new(ChatRole.User, "What is a cache?")]);
        while (number++ < 40)
        {
            await plain.AskAsync([new(new ChatRole(role), $"Request {number}"), new(ChatRole.User, "What is a cache?")]);
        }

        Assert.True(other.GetSemanticCacheResult()!.IsHit);
        Assert.Single(plain.Cache.Logs.GetSnapshot(), record => record.Id.Id == Log.InstructionsNeverRepeatId);
    }

    [Theory]
    [InlineData("Ada", "Bo", "Who am I?")]
    [InlineData("Ada", null, "Wer bin ich?")]
    [InlineData("Ada", "ada", "¿Quién soy?")]
    [InlineData("田中", "鈴木", "私は誰ですか？")]
    [InlineData("", "Bo", "Qui suis-je ?")]
    [InlineData("Ada L.", "Ada M.", "Quem sou eu?")]
    [InlineData("Аня", "Ваня", "Кто я?")]
    [InlineData("李明", "李明明", "我是谁？")]
    public async Task GetResponse_AskerDiffers_IsNotShared(string? one, string? two, string question)
    {
        using var fixture = new ChatClientFixture();

        await fixture.AskAsync([new(ChatRole.User, question) { AuthorName = one }]);
        var other = await fixture.AskAsync([new(ChatRole.User, question) { AuthorName = two }]);
        var same = await fixture.AskAsync([new(ChatRole.User, question) { AuthorName = one }]);

        Assert.False(other.GetSemanticCacheResult()!.IsHit);
        Assert.True(same.GetSemanticCacheResult()!.IsHit);
    }

    [Theory]
    [InlineData("I cannot help with that.")]
    [InlineData("None")]
    [InlineData("-")]
    [InlineData("N/A")]
    [InlineData("null")]
    [InlineData("<think>The user asks about shipping and premium.</think>")]
    [InlineData("<think>Is the premium plan meant")]
    [InlineData("Ich kann dabei nicht helfen.")]
    [InlineData("Lo siento, no puedo ayudar con premium.")]
    [InlineData("Je suis désolé, premium ?")]
    [InlineData("申し訳ありませんが、お答えできません。")]
    [InlineData("抱歉，我无法回答。")]
    [InlineData("How high is Mount Everest?")]
    public async Task GetResponse_RewriterSaysNoQuestionAboutTheDialogue_IsMatchedExactly(string reply)
    {
        using var fixture = Fixture(reply);

        await fixture.AskAsync(Dialogue());
        var again = await fixture.AskAsync(Dialogue());
        var other = await fixture.AskAsync(
            [new(ChatRole.User, "Is aspirin safe?"), new(ChatRole.Assistant, "Mostly."), new(ChatRole.User, "And for a child?")]);

        Assert.Equal(SemanticCacheOutcome.ExactHit, again.GetSemanticCacheResult()!.Outcome);
        Assert.False(other.GetSemanticCacheResult()!.IsHit);
        Assert.Empty(fixture.Cache.Generator.Batches);
    }

    [Fact]
    public async Task GetResponse_TwoDialoguesMadeIntoOneQuestion_AreAnsweredExactlyOnlyToTheirOwn()
    {
        using var fixture = Fixture("What does the premium plan cost?");
        fixture.Cache.Guards.Clear();
        fixture.Cache.Guards.Add(new TestGuard((_, _) => true));

        await fixture.AskAsync(Dialogue());
        var again = await fixture.AskAsync(Dialogue());
        var other = await fixture.AskAsync([new(ChatRole.User, "Which premium is there?"), new(ChatRole.Assistant, "A plan."), new(ChatRole.User, "And its price?")]);

        Assert.Equal(SemanticCacheOutcome.ExactHit, again.GetSemanticCacheResult()!.Outcome);
        Assert.Equal(SemanticCacheOutcome.SemanticHit, other.GetSemanticCacheResult()!.Outcome);
    }

    [Theory]
    [InlineData("And its price?")]
    [InlineData("And what does it cost?")]
    [InlineData("and what does the second one cost?")]
    [InlineData("Und was kostet der zweite?")]
    [InlineData("¿Y cuánto cuesta el segundo?")]
    [InlineData("第二个多少钱？")]
    public async Task GetResponse_TwoTurnsOfOneDialogueMadeIntoOneQuestion_AreAnsweredExactlyOnlyToTheirOwn(string turn)
    {
        using var fixture = Fixture("What does the premium plan cost?");
        var dialogue = Dialogue();

        await fixture.AskAsync(dialogue);
        var other = await fixture.AskAsync([.. dialogue[..2], new(ChatRole.User, turn)]);

        Assert.Equal(SemanticCacheOutcome.SemanticHit, other.GetSemanticCacheResult()!.Outcome);
    }

    [Fact]
    public async Task Report_WrongAnswerToARewrittenQuestion_RemovesIt()
    {
        using var fixture = Fixture("What does the premium plan cost?");
        var first = (await fixture.AskAsync(Dialogue())).GetSemanticCacheResult()!;

        await fixture.Cache.Cache.ReportAsync(first.EntryId!, "What does the premium plan cost?", correct: false, cancellationToken: TestContext.Current.CancellationToken);

        Assert.False((await fixture.AskAsync(Dialogue())).GetSemanticCacheResult()!.IsHit);
    }

    [Fact]
    public async Task GetResponse_OneTextForManyConversations_IsNoticedOnce()
    {
        using var fixture = Fixture("What does the premium plan cost?");

        for (var i = 0; i < 20; i++)
        {
            await fixture.AskAsync([new(ChatRole.User, $"What is premium {i}?"), new(ChatRole.Assistant, "A plan."), new(ChatRole.User, "And its price?")]);
        }

        Assert.Single(fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == Log.RewritingsAllAlikeId);
    }

    [Fact]
    public async Task GetResponse_PropertyDiffersInEveryRequest_IsNamedOnceAndCanBeIgnored()
    {
        using var plain = new ChatClientFixture();
        using var ignoring = new ChatClientFixture(new SemanticCachingChatClientOptions { IgnoredProperties = { "User" } });
        var hits = 0;
        for (var i = 0; i < 50; i++)
        {
            await plain.AskAsync("What is a cache?", Options(i));
            hits += (await ignoring.AskAsync("What is a cache?", Options(i))).GetSemanticCacheResult()!.IsHit ? 1 : 0;
        }

        var warning = Assert.Single(plain.Cache.Logs.GetSnapshot(), record => record.Id.Id == Log.PropertyNeverRepeatsId);
        Assert.Contains("'user'", warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("u-1", warning.Message, StringComparison.Ordinal);
        Assert.Equal(49, hits);
        Assert.Equal("u-0", Assert.Single(ignoring.Inner.Requests).Options!.AdditionalProperties!["user"]);

        static ChatOptions Options(int number) => new() { AdditionalProperties = new() { ["user"] = $"u-{number}", ["tier"] = "gold" } };
    }

    public static TheoryData<string> ChangingProperties => [.. Values.Keys];

    private static Dictionary<string, Func<int, object?>> Values { get; } = new()
    {
        ["user"] = number => $"u-{number}",
        ["Benutzer"] = number => $"Größe {number}",
        ["请求"] = number => $"编号{number}",
        ["request_id"] = number => new Guid(number, 0, 0, new byte[8]),
        ["sent_at"] = number => DateTimeOffset.UnixEpoch.AddSeconds(number),
        ["sequence"] = number => (long)number,
        ["load"] = number => number / 100d,
        ["trace"] = number => new[] { "root", $"span-{number}" },
    };

    [Theory]
    [MemberData(nameof(ChangingProperties))]
    public async Task GetResponse_PropertyOfAnyTypeDiffersInEveryRequest_IsNamedOnceWithoutItsValue(string name)
    {
        using var fixture = new ChatClientFixture();
        for (var number = 1_000; number < 1_050; number++)
        {
            await fixture.AskAsync("What is a cache?", new ChatOptions { AdditionalProperties = new() { [name] = Values[name](number), ["tier"] = "gold" } });
        }

        var warning = Assert.Single(fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == Log.PropertyNeverRepeatsId);
        Assert.Contains($"'{name}'", warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("10", warning.Message, StringComparison.Ordinal);
    }

    private static ChatMessage[] Dialogue() =>
        [new(ChatRole.User, "What plans are there with shipping?"), new(ChatRole.Assistant, "Basic and premium."), new(ChatRole.User, "And what does the second one cost?")];

    private static ChatClientFixture Fixture(string? rewritten) => new(new SemanticCachingChatClientOptions { Rewriting = { Rewriter = new Rewriter(_ => rewritten) } });

    private sealed class Rewriter(Func<IReadOnlyList<ChatMessage>, string?> rewrite) : IQuestionRewriter
    {
        public ValueTask<string?> RewriteAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken = default) => ValueTask.FromResult(rewrite(conversation));
    }
}
