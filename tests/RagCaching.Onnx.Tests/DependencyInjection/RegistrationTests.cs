using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RagCaching.Onnx.Tests.TestDoubles;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Onnx.Tests.DependencyInjection;

public sealed class RegistrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddOnnxEmbeddingGenerator_IsOpenWhenTheHostHasStarted()
    {
        using var folder = ModelFolder.OfTokens();
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddOnnxEmbeddingGenerator(folder.Path, options => options.ModelId = "tiny");
        using var host = builder.Build();
        await host.StartAsync(Token);

        var generator = host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        Assert.Equal("tiny", generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId);
        Assert.Equal(2, (await generator.GenerateVectorAsync("red", cancellationToken: Token)).Length);
    }

    [Fact]
    public async Task Start_WithoutModel_FailsAndNamesTheFile()
    {
        using var folder = new ModelFolder(vocabulary: ModelFolder.Vocabulary);
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddRagCaching().UseOnnxEmbeddings(folder.Path);
        using var host = builder.Build();

        Assert.Equal(folder.ModelPath, (await Assert.ThrowsAsync<FileNotFoundException>(() => host.StartAsync(Token))).FileName);
    }

    [Fact]
    public async Task Start_Keyed_EncodesAFirstQuestion()
    {
        using var folder = ModelFolder.OfTokens();
        using var meters = new TestMeterFactory();
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton<IMeterFactory>(meters);
        builder.Services.AddKeyedOnnxEmbeddingGenerator("one", folder.Path);
        using var host = builder.Build();
        var runs = 0;
        using var listener = Listeners.Time(meters, "ragcaching.encoder.run.duration", () => Interlocked.Increment(ref runs));

        await host.StartAsync(Token);

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Start_OptionOutOfRange_FailsAndNamesIt()
    {
        using var folder = ModelFolder.OfTokens();
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddOnnxEmbeddingGenerator(folder.Path, options => options.Limits.ThreadsPerRun = -1);
        using var host = builder.Build();

        Assert.Contains("OnnxEmbeddingOptions.Limits.ThreadsPerRun", (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseOnnxEmbeddings_ReplacesTheGeneratorThatWasThere()
    {
        using var first = ModelFolder.OfTokens();
        using var second = ModelFolder.OfTokens();
        var services = new ServiceCollection();
        services.AddRagCaching().UseOnnxEmbeddings(first.Path, options => options.Limits.BatchSize = 3).UseOnnxEmbeddings(second.Path);
        services.AddKeyedRagCaching("faq").UseOnnxEmbeddings(first.Path, options => options.ModelId = "of the FAQ");
        await using var provider = services.BuildServiceProvider();

        var generator = Assert.Single(provider.GetServices<IEmbeddingGenerator<string, Embedding<float>>>());
        var keyed = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("faq");

        Assert.StartsWith(Path.GetFileName(second.Path) + "@", generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId, StringComparison.Ordinal);
        Assert.Equal("of the FAQ", keyed.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId);
    }

    [Fact]
    public async Task UseMiniLMEmbeddings_RewordedQuestion_IsAHit()
    {
        var services = new ServiceCollection();
        services.AddRagCaching(options =>
        {
            options.ShareAcrossCallers = true;
            options.MinimumSimilarity = 0.8f;
        }).UseMiniLMEmbeddings();
        await using var provider = services.BuildServiceProvider();
        var cache = provider.GetRequiredService<ISemanticCache>();

        var first = await cache.GetOrCreateTextAsync("How do I reset my password?", _ => Task.FromResult("Open the settings."), cancellationToken: Token);
        var second = await cache.GetOrCreateTextAsync("How can I reset my password?", _ => Task.FromResult("Nobody asks this."), cancellationToken: Token);

        Assert.Equal("Open the settings.", first);
        Assert.Equal(first, second);
    }
}
