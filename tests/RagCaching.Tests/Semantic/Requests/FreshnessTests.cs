using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Requests;

public sealed class FreshnessTests
{
    [Theory]
    [InlineData("What time is it?")]
    [InlineData("what's the time in Tokyo")]
    [InlineData("What’s the time in Tokyo")]
    [InlineData("What is today's date?")]
    [InlineData("What is the latest version of .NET?")]
    [InlineData("Who is the current president of France?")]
    [InlineData("Will it rain tomorrow?")]
    [InlineData("Is the shop open now?")]
    [InlineData("How's the weather in Oslo?")]
    [InlineData("¿Qué tiempo hace en Madrid?")]
    [InlineData("东京天气怎么样？")]
    [InlineData("Wie spät ist es?")]
    [InlineData("Welches Datum haben wir heute?")]
    [InlineData("Was ist die neueste Version von .NET?")]
    [InlineData("Wer ist der AKTUELLE Präsident?")]
    [InlineData("¿Qué hora es?")]
    [InlineData("¿Qué día es hoy?")]
    [InlineData("¿Cuál es la última versión de .NET?")]
    [InlineData("Quelle heure est-il ?")]
    [InlineData("Quelle est la date d'aujourd'hui ?")]
    [InlineData("Qui est le président actuel ?")]
    [InlineData("今何時ですか？")]
    [InlineData("今日の日付は？")]
    [InlineData(".NETの最新バージョンは？")]
    [InlineData("现在几点？")]
    [InlineData("今天是几号？")]
    [InlineData(".NET的最新版本是什么？")]
    [InlineData("지금 몇 시예요?")]
    [InlineData("오늘은 무슨 요일이야?")]
    [InlineData("Que horas são?")]
    [InlineData("Qual é o presidente atual?")]
    [InlineData("Che ore sono?")]
    [InlineData("Qual è l'ultima versione?")]
    [InlineData("Который час?")]
    [InlineData("Какая последняя версия .NET?")]
    public async Task GetOrCreate_QuestionAboutNow_BypassesWithItsOwnReason(string question)
    {
        using var fixture = new CacheFixture();

        await fixture.AskAsync(question);
        var again = await fixture.AskAsync(question);

        Assert.Equal((SemanticCacheOutcome.Bypass, SemanticCacheReason.TimeSensitive), (again.Outcome, again.Reason));
        Assert.Empty(fixture.Store.Written);
    }

    [Theory]
    [InlineData("What is a cache?")]
    [InlineData("How is electric current measured?")]
    [InlineData("What is the Current Ratio of a company?")]
    [InlineData("How do I open a current account?")]
    [InlineData("What are concurrent collections?")]
    [InlineData("What is the actual size of a tennis court?")]
    [InlineData("My card was declined yesterday, how do I unblock it?")]
    [InlineData("Qui fut le dernier roi de France ?")]
    [InlineData("¿Quién fue el último emperador de China?")]
    [InlineData("What is currency risk?")]
    [InlineData("How long does translatest take?")]
    [InlineData("Wie lange hält eine Heutebox?")]
    [InlineData("¿Qué es la actualización?")]
    [InlineData("Qu'est-ce que l'actualité ?")]
    [InlineData("什么是缓存？")]
    [InlineData("キャッシュとは何ですか？")]
    [InlineData("캐시가 무엇인가요?")]
    [InlineData("Что такое кэш?")]
    public async Task GetOrCreate_QuestionThatStaysTrue_IsServedAgain(string question)
    {
        using var fixture = new CacheFixture();

        await fixture.AskAsync(question);

        Assert.Equal(SemanticCacheOutcome.ExactHit, (await fixture.AskAsync(question)).Outcome);
    }

    [Fact]
    public async Task GetOrCreate_ShortTimeToLive_IsServedThatLongOnly()
    {
        using var fixture = new CacheFixture(options =>
        {
            options.Freshness.Behavior = FreshnessBehavior.ShortTimeToLive;
            options.Freshness.TimeToLive = TimeSpan.FromMinutes(5);
        });
        await fixture.AskAsync("Wer ist der aktuelle Präsident?");
        await fixture.AskAsync("What is a cache?");

        fixture.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.True((await fixture.AskAsync("Wer ist der aktuelle Präsident?")).IsHit);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.False((await fixture.AskAsync("Wer ist der aktuelle Präsident?")).IsHit);
        Assert.True((await fixture.AskAsync("What is a cache?")).IsHit);
    }

    [Fact]
    public async Task GetOrCreate_OwnPhrasesAndExceptions_Count()
    {
        using var fixture = new CacheFixture(options =>
        {
            options.Freshness.Phrases.Add("Kurs von");
            options.Freshness.Phrases.Add("ตอนนี้");
            options.Freshness.Exceptions.Add("latest start date");
        });

        Assert.Equal(SemanticCacheReason.TimeSensitive, (await fixture.AskAsync("Was ist der KURS VON Gold?")).Reason);
        Assert.Equal(SemanticCacheReason.TimeSensitive, (await fixture.AskAsync("ตอนนี้กี่โมงแล้ว")).Reason);
        Assert.Equal(SemanticCacheOutcome.Miss, (await fixture.AskAsync("What does latest start date mean in a project plan?")).Outcome);
        Assert.Equal(SemanticCacheOutcome.Bypass, (await fixture.AskAsync("What is the latest start date of the latest plan?")).Outcome);
    }

    [Fact]
    public async Task GetOrCreate_RuleIsIgnored_IsServedAgain()
    {
        using var fixture = new CacheFixture(options => options.Freshness.Behavior = FreshnessBehavior.Ignore);

        await fixture.AskAsync("What time is it?");

        Assert.True((await fixture.AskAsync("What time is it?")).IsHit);
    }

    [Fact]
    public void Cache_FreshnessOutOfRange_IsRefused()
    {
        AssertRefused(freshness => freshness.TimeToLive = TimeSpan.Zero, "TimeToLive");
        AssertRefused(freshness => freshness.Behavior = (FreshnessBehavior)9, "Behavior");
        AssertRefused(freshness => freshness.Phrases.Add(" "), "Phrases");

        static void AssertRefused(Action<FreshnessOptions> change, string name)
        {
            using var fixture = new CacheFixture();
            var options = new SemanticCacheOptions();
            change(options.Freshness);

            var exception = Assert.Throws<OptionsValidationException>(() => new SemanticCache(fixture.Generator, fixture.Store, options));
            Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        }
    }
}
