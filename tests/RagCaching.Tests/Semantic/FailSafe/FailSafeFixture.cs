using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.FailSafe;

/// <summary>A cache whose answers are fresh for an hour and may be served for a day after that.</summary>
internal sealed class FailSafeFixture : IDisposable
{
    public const string Question = "What is a cache?";
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    public static readonly TimeSpan Window = TimeSpan.FromDays(1);

    public FailSafeFixture(Action<SemanticCacheOptions>? configure = null) => Inner = new CacheFixture(options =>
    {
        options.TimeToLive = Lifetime;
        options.FailSafe.StaleIfError = Window;
        configure?.Invoke(options);
    });

    public CacheFixture Inner { get; }

    public SemanticCache Cache => Inner.Cache;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Stores an answer and lets its lifetime pass.</summary>
    public async Task ExpireAsync(string question = Question, string answer = "old")
    {
        await Inner.AskAsync(question, answer);
        Inner.Time.Advance(Lifetime);
    }

    /// <summary>Asks while the model fails.</summary>
    public Task<SemanticCacheResult> FailAsync(SemanticCacheQuery? query = null, Exception? exception = null) =>
        Cache.GetOrCreateAsync(query ?? Question, _ => Task.FromException<ChatResponse>(exception ?? new HttpRequestException("down")), Token).AsTask();

    public void Dispose()
    {
        Cache.Dispose();
        Inner.Dispose();
    }
}
