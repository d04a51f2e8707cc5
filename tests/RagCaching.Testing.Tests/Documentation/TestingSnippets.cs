using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace RagCaching.Testing.Tests.Documentation;

/// <summary>The tests of <c>docs/testing.md</c>, which run as they stand there.</summary>
public sealed class TestingSnippets
{
    private const string Question = "How do I return an item?";
    private const string SameQuestion = "How can I return an item?";

    [Fact]
    public async Task AskAgain_InOtherWords_IsAnsweredWithoutTheModel()
    {
        var embeddings = new DeterministicEmbeddingGenerator().Same(Question, SameQuestion, similarity: 0.97f);
        var model = new ScriptedChatClient().Answer(Question, "Within 30 days.");
        await using var services = new ServiceCollection()
            .AddHost(embeddings, model)
            .BuildServiceProvider();
        var chat = services.GetRequiredService<IChatClient>();

        await chat.GetResponseAsync(Question, cancellationToken: TestContext.Current.CancellationToken);
        await services.GetRequiredService<ISemanticCacheManager>().FlushAsync(TestContext.Current.CancellationToken);
        var answer = await chat.GetResponseAsync(SameQuestion, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(SemanticCacheOutcome.SemanticHit, answer.GetSemanticCacheResult()!.Outcome);
        Assert.Equal("Within 30 days.", answer.Text);
        Assert.Single(model.Calls);
    }

    [Fact]
    public async Task AskAgain_AfterADay_AsksTheModelAgain()
    {
        var time = new FakeTimeProvider();
        var model = new ScriptedChatClient(timeProvider: time).Answer(Question, "Within 30 days.").Answer(Question, "Within 60 days.");
        await using var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddHost(new DeterministicEmbeddingGenerator(timeProvider: time), model)
            .BuildServiceProvider();
        var chat = services.GetRequiredService<IChatClient>();

        await chat.GetResponseAsync(Question, cancellationToken: TestContext.Current.CancellationToken);
        await services.GetRequiredService<ISemanticCacheManager>().FlushAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromDays(1));
        var answer = await chat.GetResponseAsync(Question, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("Within 60 days.", answer.Text);
    }

    [Fact]
    public async Task Stream_ModelBreaksOff_ThrowsAndStoresNothing()
    {
        var model = new ScriptedChatClient()
            .Answer(Question, new ScriptedAnswer("Within 30 days.") { Failure = new HttpRequestException("The connection was lost."), PiecesBeforeFailure = 2 })
            .Answer(Question, "Within 30 days.");
        await using var services = new ServiceCollection()
            .AddHost(new DeterministicEmbeddingGenerator(), model)
            .BuildServiceProvider();
        var chat = services.GetRequiredService<IChatClient>();

        await Assert.ThrowsAsync<HttpRequestException>(() => chat.GetStreamingResponseAsync(Question, cancellationToken: TestContext.Current.CancellationToken).ToChatResponseAsync(TestContext.Current.CancellationToken));
        var answer = await chat.GetResponseAsync(Question, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(SemanticCacheOutcome.Miss, answer.GetSemanticCacheResult()!.Outcome);
        Assert.Equal("Within 30 days.", answer.Text);
    }

    [Fact]
    public async Task Ask_WithoutACache_AsksTheModelEachTime()
    {
        var model = new ScriptedChatClient().Otherwise("Within 30 days.");
        var chat = new ChatClientBuilder(model).UseSemanticCache(NullSemanticCache.Instance).Build();

        await chat.GetResponseAsync(Question, cancellationToken: TestContext.Current.CancellationToken);
        await chat.GetResponseAsync(Question, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, model.Calls.Count);
    }
}

internal static class HostExtensions
{
    // What the application registers, with the doubles in place of the provider.
    public static IServiceCollection AddHost(this IServiceCollection services, DeterministicEmbeddingGenerator embeddings, ScriptedChatClient model)
    {
        services.AddEmbeddingGenerator(embeddings);
        services.AddChatClient(model).UseSemanticCache();
        services.AddRagCaching(options => options.ShareAcrossCallers = true);
        return services;
    }
}
