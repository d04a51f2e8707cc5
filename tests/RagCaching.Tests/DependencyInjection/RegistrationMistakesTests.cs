using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using RagCaching.Diagnostics;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.DependencyInjection;

/// <summary>A mistake in the registration says how to mend it, at the latest when the part that lacks something is built.</summary>
public sealed class RegistrationMistakesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<Type, string> HeldParts => new()
    {
        { typeof(IMatchVerifier), "AddVerifier" },
        { typeof(IAnswerComparer), "UseAnswerComparer" },
        { typeof(IAnswerModerator), "AddModerator" },
        { typeof(IMatchGuard), "AddGuard" },
        { typeof(IVectorStore), "UseVectorStore" },
        { typeof(IQuestionRewriter), "UseQuestionRewriter" },
        { typeof(IPayloadProtector), "UsePayloadProtector" },
    };

    [Fact]
    public void UseSemanticCache_WithoutAddRagCaching_SaysWhatToAdd()
    {
        var services = new ServiceCollection();
        services.AddChatClient(new TestChatClient()).UseSemanticCache();
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<IChatClient>);

        Assert.Contains("services.AddRagCaching()", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UseSemanticCache_WithoutServices_SaysWhatToAdd()
    {
        var builder = new ChatClientBuilder(new TestChatClient()).UseSemanticCache();

        var exception = Assert.Throws<InvalidOperationException>(() => builder.Build());

        Assert.Contains("pass a cache to UseSemanticCache", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UseSemanticCache_OnlyACacheWithAKeyIsThere_NamesTheMethodForIt()
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        services.AddKeyedRagCaching("faq");
        services.AddChatClient(new TestChatClient()).UseSemanticCache();
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<IChatClient>);

        Assert.Contains("UseKeyedSemanticCache", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UseKeyedSemanticCache_UnknownKey_NamesTheKeyAndWhatToAdd()
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        services.AddKeyedRagCaching("faq");
        services.AddChatClient(new TestChatClient()).UseKeyedSemanticCache("fqa");
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<IChatClient>);

        Assert.Contains("'fqa'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("services.AddKeyedRagCaching", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HeldParts))]
    public async Task Start_PartOfTheCacheIsScoped_NamesItAndHowToRegisterIt(Type part, string method)
    {
        var builder = NewHost();
        builder.Services.AddRagCaching();
        builder.Services.Add(new ServiceDescriptor(part, static _ => throw new InvalidOperationException("Is not made."), ServiceLifetime.Scoped));
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains($"An {part.Name} must not be scoped", exception.Message, StringComparison.Ordinal);
        Assert.Contains(method, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void DistributedCacheInMemory_ForEmbeddings_IsWarnedOf(bool inMemory)
    {
        var logs = FakeLogCollector.Create(new FakeLogCollectorOptions());
        var builder = NewHost();
        builder.Services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(logs)));
        builder.Services.AddRagCaching();
        _ = inMemory ? builder.Services.AddDistributedMemoryCache() : builder.Services.AddSingleton<IDistributedCache>(new ChaosDistributedCache());
        using var host = builder.Build();

        _ = host.Services.GetRequiredService<ICachedEmbedder>();

        Assert.Equal(inMemory ? 1 : 0, logs.GetSnapshot().Count(record => record.Id.Id == Log.StorageInThisProcessId && record.Level == LogLevel.Warning));
    }

    private static HostApplicationBuilder NewHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        return builder;
    }
}
