using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Controls;

public sealed class ExactOnlyTests
{
    private const string Question = "What is a cache?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cache_WithoutAnEmbeddingGenerator_ServesExactRepeats(bool isConfigured)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        var cached = builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true);
        _ = isConfigured
            ? cached.BindConfiguration(new ConfigurationBuilder().AddInMemoryCollection([new("ExactOnly", "true")]).Build())
            : cached.UseExactOnly();
        var client = new TestChatClient();
        builder.Services.AddChatClient(client).UseSemanticCache();
        using var host = builder.Build();
        await host.StartAsync(Token);
        var chat = host.Services.GetRequiredService<IChatClient>();

        var first = await chat.GetResponseAsync(Question, cancellationToken: Token);
        var second = await chat.GetResponseAsync(Question, cancellationToken: Token);
        var third = await chat.GetResponseAsync("What, please, is a cache?", cancellationToken: Token);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(
            [SemanticCacheOutcome.Miss, SemanticCacheOutcome.ExactHit, SemanticCacheOutcome.Miss],
            new[] { first, second, third }.Select(response => response.GetSemanticCacheResult()!.Outcome));
        Assert.Equal(2, client.Calls);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Cache_WithAGenerator_NeverAsksIt()
    {
        var generator = new TestEmbeddingGenerator();
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(generator);
        services.AddRagCaching(options => options.ShareAcrossCallers = true).UseExactOnly();
        await using var provider = services.BuildServiceProvider();
        var cache = provider.GetRequiredService<ISemanticCache>();

        await cache.StoreAsync(Question, CacheFixture.Answer("a"), Token);

        Assert.True((await cache.LookupAsync(Question, Token)).IsHit);
        Assert.False((await cache.LookupAsync("Another question", Token)).IsHit);
        Assert.Equal(0, generator.Calls);
    }

    [Fact]
    public async Task Query_ExactOnly_IsNotEmbedded()
    {
        using var fixture = new CacheFixture();

        await fixture.AskAsync(new SemanticCacheQuery(Question) { ExactOnly = true });

        Assert.Equal(0, fixture.Generator.Calls);
    }
}
