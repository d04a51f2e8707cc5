using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.ErrorBudgets;

/// <summary>A cache under an error budget, and traffic about topics whose answers the test knows.</summary>
internal sealed class BudgetFixture : IDisposable
{
    private const int Topics = 12;

    private readonly Random _random = new(1);
    private int _asked;

    public BudgetFixture(Action<ErrorBudgetOptions>? configure = null, Action<SemanticCacheOptions>? configureCache = null)
    {
        var budget = new ErrorBudgetOptions { MaxErrorRate = 0.05 };
        configure?.Invoke(budget);
        Fixture = new CacheFixture(options =>
        {
            options.ErrorBudget = budget;
            configureCache?.Invoke(options);
        })
        { Comparer = Comparer };
        Cache = Fixture.Cache;
    }

    public CacheFixture Fixture { get; }

    public TestComparer Comparer { get; } = new();

    /// <summary>The cache that is asked; may be replaced by a restarted one.</summary>
    public SemanticCache Cache { get; set; }

    /// <summary>What a topic's answer is now.</summary>
    public Func<int, string> AnswerOf { get; set; } = topic => $"answer {topic}";

    public ErrorBudgetStatistics Statistics => Cache.GetStatistics().ErrorBudget!;

    /// <summary>Asks a new question about a random topic, and waits until what is to be learnt has been learnt.</summary>
    /// <param name="noise">How far it is from the topic.</param>
    /// <param name="isOdd">Whether it only seems to be about the topic, and has an answer of its own.</param>
    /// <param name="mode">The mode.</param>
    public async Task<(SemanticCacheResult Result, string Right)> AskAsync(float noise = 0.4f, bool isOdd = false, SemanticCacheMode mode = SemanticCacheMode.ReadWrite)
    {
        var topic = _random.Next(Topics);
        var question = $"question {_asked++} about topic{topic}";
        Fixture.NearMeaning(question, $"topic{topic}", noise);
        var right = isOdd ? $"answer to {question}" : AnswerOf(topic);
        var result = await Cache.GetOrCreateAsync(
            new SemanticCacheQuery(question) { Mode = mode }, _ => Task.FromResult(CacheFixture.Answer(right)), TestContext.Current.CancellationToken);
        await Cache.FlushAsync(TestContext.Current.CancellationToken);
        return (result, right);
    }

    /// <summary>Makes a new question close to the first topic.</summary>
    public string NewQuestion()
    {
        var question = $"question {_asked++} about topic0";
        Fixture.NearMeaning(question, "topic0", 0.05f);
        return question;
    }

    /// <summary>Asks easy and hard questions until the scope serves.</summary>
    public async Task LearnAsync()
    {
        for (var i = 0; i < 600; i++)
        {
            await AskAsync(noise: i % 3 == 0 ? 1.1f : 0.4f, isOdd: i % 3 == 0);
        }

        Assert.True(Statistics.IsServing, $"The scope does not serve after {Statistics.Requests} requests with {Statistics.Labels} labels.");
    }

    public void Dispose()
    {
        Fixture.Cache.Dispose();
        Cache.Dispose();
        Fixture.Dispose();
    }
}
