using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Lifetimes;

public sealed class LifetimeRuleTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static TheoryData<string, string, Action<LifetimeOptions>> Wrong => new()
    {
        { "Lifetimes.VolatileTimeToLive", "00:00:00", options => options.VolatileTimeToLive = TimeSpan.Zero },
        { "Lifetimes.VolatileQuestions", "9", options => options.VolatileQuestions = (VolatileQuestionBehavior)9 },
        { "Lifetimes.RefusalTimeToLive", "-00:01:00", options => options.RefusalTimeToLive = -Minute },
        { "Lifetimes.NothingFoundTimeToLive", "-00:01:00", options => options.NothingFoundTimeToLive = -Minute },
        { "Lifetimes.ByTag[faq]", "00:00:00", options => options.ByTag["faq"] = TimeSpan.Zero },
        { "Lifetimes.ByTool[clock]", "-00:01:00", options => options.ByTool["clock"] = -Minute },
        { "Lifetimes.ByPhrase", "blank", options => options.ByPhrase[" "] = Minute },
        { "Lifetimes.Jitter", "0.6", options => options.Jitter = 0.6 },
        { "Lifetimes.Jitter", "NaN", options => options.Jitter = double.NaN },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rules_ByTagToolAndPhrase_TheShortestHolds()
    {
        using var fixture = new CacheFixture(options =>
        {
            options.Lifetimes.ByTag["prices"] = Minute * 30;
            options.Lifetimes.ByTool["clock"] = Minute;
            options.Lifetimes.ByPhrase["discount"] = Minute * 10;
        });

        Assert.Equal(TimeSpan.FromHours(24), await LifeAsync(fixture, "What is a cache?"));
        Assert.Equal(Minute * 30, await LifeAsync(fixture, "What does the plan contain?", tag: "prices"));
        Assert.Equal(Minute * 10, await LifeAsync(fixture, "Which DISCOUNT do students get?", tag: "prices"));
        Assert.Equal(TimeSpan.FromHours(24), await LifeAsync(fixture, "What are discounters?"));
        Assert.Equal(Minute, await LifeAsync(fixture, "Which discount do members get?", tag: "prices", tool: "clock"));
    }

    [Fact]
    public async Task Rules_TimeSetByTheFactoryIsShorter_Holds()
    {
        using var fixture = new CacheFixture(options => options.Lifetimes.ByTag["prices"] = Minute * 30);

        Assert.Equal(Minute, await LifeAsync(fixture, "What does it contain?", tag: "prices", own: Minute));
    }

    [Theory]
    [InlineData(VolatileQuestionBehavior.Ignore, 1440, SemanticCacheOutcome.SemanticHit)]
    [InlineData(VolatileQuestionBehavior.ShortTimeToLive, 5, SemanticCacheOutcome.SemanticHit)]
    [InlineData(VolatileQuestionBehavior.ExactOnly, 1440, SemanticCacheOutcome.Miss)]
    [InlineData(VolatileQuestionBehavior.ShortTimeToLiveAndExactOnly, 5, SemanticCacheOutcome.Miss)]
    public async Task Volatile_Question_IsTreatedAsTheOptionSays(VolatileQuestionBehavior behavior, int minutes, SemanticCacheOutcome outcome)
    {
        const string Question = "Where is my order?";
        using var fixture = new CacheFixture(options => options.Lifetimes.VolatileQuestions = behavior);
        fixture.SameMeaning(Question, "Where is the order that I placed?");

        Assert.Equal(Minute * minutes, await LifeAsync(fixture, Question));
        Assert.Equal(SemanticCacheOutcome.ExactHit, (await fixture.Cache.LookupAsync(Question, Token)).Outcome);
        Assert.Equal(outcome, (await fixture.Cache.LookupAsync("Where is the order that I placed?", Token)).Outcome);
    }

    [Theory]
    [InlineData("I'm sorry, but I can't help with that.")]
    [InlineData("抱歉，我无法回答这个问题。")]
    [InlineData("क्षमा करें, मैं इसमें मदद नहीं कर सकता।")]
    [InlineData("Lo siento, pero no puedo ayudarte con eso.")]
    [InlineData("عذرًا، لا يمكنني مساعدتك في ذلك.")]
    [InlineData("Je suis désolé, mais je ne peux pas répondre à cela.")]
    [InlineData("দুঃখিত, আমি এটি করতে পারব না।")]
    [InlineData("Desculpe, mas não posso ajudar com isso.")]
    [InlineData("К сожалению, я не могу ответить на этот вопрос.")]
    [InlineData("Maaf, saya tidak dapat membantu dengan hal itu.")]
    [InlineData("Es tut mir leid, aber ich kann dabei nicht helfen.")]
    [InlineData("申し訳ありませんが、お答えできません。")]
    public async Task Presets_Refusal_IsNotStored(string answer)
    {
        using var fixture = new CacheFixture(options => options.Lifetimes.UsePresets());

        await fixture.AskAsync("How do I pick a lock?", answer);

        Assert.Empty(fixture.Store.Written);
    }

    [Theory]
    [InlineData("I couldn't find anything about that in the documents.")]
    [InlineData("没有找到相关信息。")]
    [InlineData("इस बारे में कोई जानकारी नहीं मिली।")]
    [InlineData("No encontré información sobre eso.")]
    [InlineData("لم أجد معلومات عن ذلك.")]
    [InlineData("Je n'ai trouvé aucune information à ce sujet.")]
    [InlineData("এ বিষয়ে কোনো তথ্য পাওয়া যায়নি।")]
    [InlineData("Não encontrei informações sobre isso.")]
    [InlineData("По этому вопросу ничего не найдено.")]
    [InlineData("Saya tidak menemukan informasi tentang itu.")]
    public async Task Presets_NothingFound_IsKeptForMinutes(string answer)
    {
        using var fixture = new CacheFixture(options =>
        {
            options.Lifetimes.UsePresets();
            options.Lifetimes.Jitter = 0;
        });

        Assert.Equal(Minute * 5, await LifeAsync(fixture, "What is the Zorblax protocol?", answer: answer));
    }

    [Theory]
    [InlineData("A cache keeps what was computed before.")]
    [InlineData("Apologies are short letters. An apology says what was done wrong, and what will be done about it.")]
    [InlineData("Write: \"Dear customer, thank you for your letter. We have looked into the matter with care, and our engineers have replaced the part that was broken. I'm sorry, but I can't come myself.\" Then sign it.")]
    public async Task Presets_OrdinaryAnswer_IsKeptAsLongAsAnyOther(string answer)
    {
        using var fixture = new CacheFixture(options =>
        {
            options.Lifetimes.UsePresets();
            options.Lifetimes.Jitter = 0;
        });

        Assert.Equal(TimeSpan.FromHours(24), await LifeAsync(fixture, "How are letters written?", answer: answer));
    }

    [Fact]
    public async Task Jitter_ManyQuestions_AreSpreadBelowTheirTimeAndAlwaysTheSame()
    {
        var lives = new List<TimeSpan>();
        for (var round = 0; round < 2; round++)
        {
            using var fixture = new CacheFixture(options => options.Lifetimes.Jitter = 0.1);
            fixture.Services.Add(new RagCachingKeyOptions { KeySecret = new string('k', 64) });
            using var cache = fixture.NewCache();
            for (var i = 0; i < 50; i++)
            {
                await cache.StoreAsync($"Question {i}", CacheFixture.Answer("an answer"), Token);
            }

            lives.AddRange(fixture.Store.Written.Select(entry => entry.ExpiresAt - entry.CreatedAt));
        }

        Assert.All(lives, life => Assert.InRange(life, TimeSpan.FromHours(24 * 0.9), TimeSpan.FromHours(24)));
        Assert.True(lives.Max() - lives.Min() > TimeSpan.FromHours(1));
        Assert.Equal(lives.Take(50), lives.Skip(50));
    }

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Cache_WrongValue_IsRefusedWithOptionAndValue(string option, string value, Action<LifetimeOptions> change)
    {
        using var fixture = new CacheFixture();
        var options = new SemanticCacheOptions();
        change(options.Lifetimes);

        var exception = Assert.Throws<OptionsValidationException>(() => new SemanticCache(fixture.Generator, fixture.Store, options));

        Assert.Contains(option, exception.Message, StringComparison.Ordinal);
        Assert.Contains(value, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_Rules_AreBound()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Lifetimes:VolatileQuestions"] = "ExactOnly",
            ["Lifetimes:RefusalTimeToLive"] = "00:00:00",
            ["Lifetimes:ByTag:prices"] = "00:10:00",
            ["Lifetimes:ByTool:clock"] = "00:01:00",
            ["Lifetimes:Jitter"] = "0.2",
        }).Build();
        var options = new SemanticCacheOptions();
        configuration.Bind(options);

        Assert.Equal((VolatileQuestionBehavior.ExactOnly, TimeSpan.Zero, Minute * 10, Minute, 0.2), (options.Lifetimes.VolatileQuestions, options.Lifetimes.RefusalTimeToLive, options.Lifetimes.ByTag["prices"], options.Lifetimes.ByTool["clock"], options.Lifetimes.Jitter));
    }

    private static async Task<TimeSpan> LifeAsync(CacheFixture fixture, string question, string? tag = null, string? tool = null, TimeSpan? own = null, string answer = "an answer")
    {
        var query = new SemanticCacheQuery(question) { Tags = tag is null ? [] : [tag] };
        await fixture.Cache.GetOrCreateAsync(
            query,
            (context, _) =>
            {
                context.TimeToLive = own;
                var response = CacheFixture.Answer(answer);
                if (tool is not null)
                {
                    context.CacheableTools[tool] = null;
                    response.Messages.Insert(0, new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", tool)]));
                    response.Messages.Insert(1, new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", "noon")]));
                }

                return Task.FromResult(response);
            },
            Token);
        var entry = fixture.Store.Written[^1];
        return entry.ExpiresAt - entry.CreatedAt;
    }
}
